import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimStacks } from "../../modules/access/claim-stacks";
import { claimAccess } from "../../modules/access/claims";
import { checkStacks } from "../../modules/proof/checks/check-stacks";
import type { Backend, Roster } from "../../modules/roster/roster";
import { SANDBOX_SYNTH } from "../../modules/sandbox/synth-differences";
import { parseLockFile } from "../../modules/terraform/read/lock-file";
import { planSetup } from "../../modules/terraform/read/plan-setup";
import type { PlanJson } from "../../modules/terraform/read/plan-shape";
import { readStackSetup } from "../../modules/terraform/read/stack-setup";
import { addStacks, createApp } from "../../stacks/synthesize";
import { AccessStack } from "../../stacks/access-stack";
import { SMALL } from "../lifecycle/rosters";
import { CAPTURED, capturedPlan } from "../support/captured-plan";
import { parseText } from "../support/roster-text";
import { parsePlan } from "../../modules/terraform/read/plan-text";
import { HOME } from "../support/run-command";
import { sampleRoster } from "../support/sample-roster";
import { compiled, stackTexts, synthesized } from "../support/synth";

const LOCK = readFileSync(join(HOME, "terraform.lock.hcl"), "utf8");
const reviewed = parseLockFile(LOCK);
const lock = reviewed.known ? reviewed.value : [];

/** What stands in the way of calling these stacks the roster's. */
function breaches(stacks: Readonly<Record<string, unknown>>, roster: Roster, sandbox = false): readonly string[] {
  const setups = stackTexts(stacks).map((text) => readStackSetup({ ...text, lock: LOCK }));
  return checkStacks(claimAccess(roster, { sandbox }), setups, lock).breaches.map(({ message }) => message);
}

const S3 = { kind: "s3", bucket: "states", region: "eu-west-1", prefix: "access/" } as const;
const CLOUD = { kind: "cloud", organization: "example", workspacePrefix: "access-" } as const;

test.each<[string, Backend]>([
  ["local", { kind: "local", directory: "states" }],
  ["s3", S3],
  ["s3 with a key and a role", { ...S3, kmsKeyId: "alias/state", roleArn: "arn:aws:iam::111111111111:role/state" }],
  ["cloud", CLOUD],
  ["cloud elsewhere", { ...CLOUD, hostname: "terraform.example.org", project: "access" }],
])("the claims of a %s backend are what is synthesized, and differ from every other backend's", (_name, backend) => {
  const roster = sampleRoster({ backend });
  const stacks = synthesized(roster);
  expect(breaches(stacks, roster)).toEqual([]);
  const others: readonly Backend[] = [S3, { ...S3, bucket: "others" }, { ...S3, prefix: "" }, CLOUD];
  for (const other of others.filter((each) => JSON.stringify(each) !== JSON.stringify(backend)))
    expect(breaches(stacks, sampleRoster({ backend: other })).length).toBeGreaterThan(0);
});

test("accounts of one stack are claimed together; moved to another stack they are not", () => {
  const roster = sampleRoster();
  const grouped = { ...roster, accounts: roster.accounts.map((account) => ({ ...account, stack: "work" })) };
  expect(breaches(synthesized(grouped), grouped)).toEqual([]);
  const messages = breaches(synthesized(roster), grouped);
  expect(messages).toContain("the stack work is missing");
  expect(messages).toContain('the stack "testing" is not a stack of the roster');
});

test("the sandbox's differences hold in the sandbox, and are breaches everywhere else", () => {
  const roster = sampleRoster({ backend: S3 });
  const app = createApp();
  const plan = compiled(roster);
  addStacks(app, plan, SANDBOX_SYNTH);
  const stacks = Object.fromEntries(
    app.node.children.filter((node) => AccessStack.isStack(node)).map((node) => [node.node.id, node.toTerraform()]),
  );
  expect(breaches(stacks, roster, true)).toEqual([]);
  const messages = breaches(stacks, roster);
  expect(messages.filter((message) => message.includes('has "max_retries", which only the sandbox has'))).toHaveLength(
    3,
  );
  expect(messages.filter((message) => message.includes("terraform lacks backend.s3"))).toHaveLength(3);
  expect(breaches(synthesized(sampleRoster()), sampleRoster(), true)).toEqual([]);
});

test("a plan's providers are read as Terraform shows them: of a JSON configuration it shows templates as constants", () => {
  const plan = JSON.parse(readFileSync(join(__dirname, "cases/provider-config.json"), "utf8")) as PlanJson;
  const { providers, unknowns } = planSetup(plan);
  const settings = Object.fromEntries(providers.map(({ name, settings: all }) => [name, Object.keys(all).sort()]));
  expect(settings).toEqual({
    aws: ["allowed_account_ids", "region"],
    "aws.chain": ["assume_role"],
    "aws.none": ["skip_region_validation"],
    "aws.norole": ["access_key", "assume_role", "default_tags", "endpoints", "ignore_tags", "secret_key", "token"],
    "aws.one": ["assume_role", "region"],
    "aws.web": [
      ...["allowed_account_ids", "assume_role_with_web_identity", "http_proxy", "insecure", "region"],
      "shared_config_files",
    ],
  });
  expect(unknowns).toEqual([
    'the provider "aws.chain".assume_role.policy is an expression',
    'the provider "aws.norole".default_tags.tags.a is an expression',
    'the provider "aws.one".region is an expression',
    'the provider "aws.web".allowed_account_ids is an expression',
    'the provider "aws.web".region is an expression',
  ]);
});

test.each(CAPTURED)("what real Terraform planned in the sandbox is set up as claimed: %s", (name) => {
  const parsed = parsePlan(capturedPlan(name));
  const roster = parseText(SMALL);
  if (!parsed.known || !roster.ok) throw new Error("a plan and a roster");
  const judged = (sandbox: boolean) =>
    checkStacks(claimAccess(roster.value, { sandbox }), [planSetup(parsed.value)], lock);
  const messages = judged(true).breaches.map(({ message }) => message);
  // Two have a resource of Terraform's own in them.
  expect(messages.length > 0).toBe(["computed-testing", "errored-testing"].includes(name));
  expect(judged(false).breaches.some(({ message }) => message.includes("max_retries"))).toBe(true);
});

test("no value of a setting that nobody claims is shown: it may be a secret", () => {
  const roster = sampleRoster();
  const stacks = structuredClone(synthesized(roster)) as unknown as Record<
    string,
    { terraform: Record<string, unknown>; provider: { aws: Record<string, unknown>[] } }
  >;
  const secrets = { secret_key: "hunter2", endpoints: [{ iam: "https://hunter2.example" }] };
  for (const stack of Object.values(stacks)) {
    Object.assign(stack.provider.aws[1] ?? {}, secrets);
    Object.assign(stack.terraform, { backend: { http: { password: "hunter2" } } });
  }
  const messages = breaches(stacks, roster);
  expect(messages.length).toBeGreaterThan(6);
  expect(messages.join("\n")).not.toContain("hunter2");
});

test("the plan's stack is told by its providers, and a plan of no account of the roster is named", () => {
  const claims = claimAccess(sampleRoster());
  const setup = planSetup({ configuration: { provider_config: { "aws.acct_x": { name: "aws", alias: "acct_x" } } } });
  expect(checkStacks(claims, [setup], lock).breaches.map(({ message }) => message)).toEqual([
    "the plan has no provider of an account of the roster",
  ]);
  expect(claimStacks(sampleRoster(), false).map(({ key }) => key)).toEqual(["production", "testing", "user"]);
});
