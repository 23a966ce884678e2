import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountProvider, guardProvider } from "../../stacks/account-provider";
import { stateBackend } from "../../stacks/backend";
import { preflight } from "../../stacks/preflight";
import { createApp } from "../../stacks/synthesize";
import { sampleAccount, sampleRoster } from "../support/sample-roster";
import { appOf, compiled } from "../support/synth";

const TESTING = sampleAccount("testing", "222222222222");

/** What preflight says of one stack that `build` fills; the base has a backend, a guard and a provider. */
function breachesOf(build: (stack: TerraformStack, provider: AwsProvider) => void): readonly string[] {
  const app = createApp(mkdtempSync(join(tmpdir(), "rolecall-preflight-")));
  const stack = new TerraformStack(app, "testing");
  stateBackend(stack, { kind: "local", directory: "state" });
  guardProvider(stack, "eu-central-1");
  build(stack, accountProvider(stack, TESTING));
  return preflight(app);
}

test("the sample roster's stacks pass", () => {
  expect(preflight(appOf(compiled(sampleRoster())))).toEqual([]);
});

test("a resource without a provider is a breach", () => {
  expect(breachesOf((stack) => new IamUser(stack, "ann", { name: "ann" }))).toEqual(["testing/ann: no provider"]);
});

test("a provider of another stack is a breach", () => {
  const breaches = breachesOf((stack) => {
    const other = new TerraformStack(stack.node.root, "zz-other");
    const foreign = accountProvider(other, TESTING);
    new IamUser(stack, "ann", { name: "ann", provider: foreign });
  });
  expect(breaches).toContain("testing/ann: its provider belongs to another stack");
});

test("ids that collapse to one Terraform name are a breach; under a namespace they are two resources", () => {
  const flat = breachesOf((stack, provider) => {
    new IamUser(stack, "jo.an", { name: "jo.an", provider });
    new IamUser(stack, "joan", { name: "joan", provider });
  });
  expect(flat).toEqual(["testing/joan: has the same Terraform name as testing/jo.an: aws_iam_user.joan"]);
  const nested = breachesOf((stack, provider) => {
    const people = new Construct(stack, "people");
    for (const name of ["jo.an", "joan"]) new IamUser(people, `user-${name}`, { name, provider });
  });
  expect(nested).toEqual([]);
});

test("a policy with a Terraform token or template is a breach", () => {
  const breaches = breachesOf((stack, provider) => {
    const user = new IamUser(stack, "ann", { name: "ann", provider });
    new IamUserPolicy(stack, "token", { provider, user: "ann", policy: JSON.stringify({ arn: user.arn }) });
    new IamUserPolicy(stack, "variable", { provider, user: "ann", policy: '{"Resource":"user/${aws:username}"}' });
  });
  expect(breaches).toEqual(["testing/token: policy is not a literal", "testing/variable: policy is not a literal"]);
});

test("a provider that may touch another account than its role's is a breach", () => {
  const breaches = breachesOf((stack) => {
    const assumeRole = [{ roleArn: TESTING.deployRoleArn, sessionName: "rolecall" }];
    new AwsProvider(stack, "wrong", { alias: "wrong", allowedAccountIds: ["333333333333"], assumeRole });
    new AwsProvider(stack, "open", { alias: "open", assumeRole });
  });
  expect(breaches).toEqual([
    "testing/open: allowed_account_ids is not the account of the role it assumes",
    "testing/wrong: allowed_account_ids is not the account of the role it assumes",
  ]);
});

test("a provider that takes no role, or several, or has settings of its own, is a breach", () => {
  const breaches = breachesOf((stack) => {
    const { deployRoleArn: roleArn, id } = TESTING;
    const role = { roleArn, sessionName: "rolecall" };
    const common = { allowedAccountIds: [id] };
    new AwsProvider(stack, "none", { alias: "none", ...common });
    new AwsProvider(stack, "empty", { alias: "empty", ...common, assumeRole: [{ sessionName: "rolecall" }] });
    new AwsProvider(stack, "chain", { alias: "chain", ...common, assumeRole: [role, role] });
    new AwsProvider(stack, "narrow", { alias: "narrow", ...common, assumeRole: [{ ...role, externalId: "x" }] });
    const detour = { endpoints: [{ iam: "http://127.0.0.1:1" }], skipRequestingAccountId: true, secretKey: "s" };
    new AwsProvider(stack, "detour", { alias: "detour", ...common, assumeRole: [role], ...detour });
  });
  expect(breaches).toEqual([
    "testing/chain: it assumes 2 roles instead of one",
    "testing/detour: endpoints is not a setting of a stack's provider",
    "testing/detour: secret_key is not a setting of a stack's provider",
    "testing/detour: skip_requesting_account_id is not a setting of a stack's provider",
    "testing/empty: its assume_role names no role, so it assumes none",
    "testing/narrow: external_id is not a setting of a provider's assume_role",
    "testing/none: it assumes 0 roles instead of one",
  ]);
});

test("aliases: twice the same, and one Terraform refuses", () => {
  const breaches = breachesOf((stack) => {
    const assumeRole = [{ roleArn: TESTING.deployRoleArn, sessionName: "rolecall" }];
    const common = { allowedAccountIds: [TESTING.id], assumeRole };
    new AwsProvider(stack, "again", { alias: "acct_testing", ...common });
    new AwsProvider(stack, "digit", { alias: "12-prod", ...common });
  });
  expect(breaches).toEqual([
    "testing: Terraform refuses the alias 12-prod",
    "testing: two providers share the alias acct_testing",
  ]);
});

test("a stack without backend or guard, and an absolute state path, are breaches", () => {
  const app = createApp(mkdtempSync(join(tmpdir(), "rolecall-preflight-")));
  new TerraformStack(app, "bare");
  const absolute = new TerraformStack(app, "absolute");
  guardProvider(absolute, "eu-central-1");
  new LocalBackend(absolute, { path: "/var/state" });
  expect(preflight(app)).toEqual([
    "absolute: the state path /var/state is absolute",
    "bare: no backend",
    "bare: no default provider to stop resources without a provider",
  ]);
});

test("a default provider that can touch an account is a breach", () => {
  const app = createApp(mkdtempSync(join(tmpdir(), "rolecall-preflight-")));
  const stack = new TerraformStack(app, "open");
  stateBackend(stack, { kind: "local", directory: "state" });
  new AwsProvider(stack, "default", { region: "eu-central-1" });
  expect(preflight(app)).toEqual(["open/default: the default provider can reach an account"]);
});
