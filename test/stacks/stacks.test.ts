import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UserAccountPlan } from "../../modules/access/plan";
import type { Backend, Roster } from "../../modules/roster/roster";
import { unescapeTemplate } from "../../modules/terraform/read/escape";
import { samplePerson, sampleRoster } from "../support/sample-roster";
import { appOf, compiled, synthesized } from "../support/synth";

function names(roster: Roster): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(synthesized(roster)).map(([stack, { resource }]) => [
      stack,
      Object.entries(resource)
        .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`))
        .sort(),
    ]),
  );
}

describe("ids are a contract", () => {
  test("the example's resource addresses are those of the golden file", () => {
    if (process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] !== "true")
      writeFileSync(join(__dirname, "../golden/addresses.json"), `${JSON.stringify(names(sampleRoster()), null, 2)}\n`);
    const golden = JSON.parse(readFileSync(join(__dirname, "../golden/addresses.json"), "utf8"));
    expect(names(sampleRoster())).toEqual(golden);
  });

  test("grouping accounts in one stack changes no address, only the state they are in", () => {
    const accounts = sampleRoster().accounts.map((account) => ({ ...account, stack: "work" }));
    const grouped = names(sampleRoster({ accounts }));
    const single = names(sampleRoster());
    expect(Object.keys(grouped)).toEqual(["user", "work"]);
    expect(grouped["work"]).toEqual([...(single["production"] ?? []), ...(single["testing"] ?? [])].sort());
    const { provider } = synthesized(sampleRoster({ accounts }))["work"] ?? { provider: { aws: [] } };
    expect(provider.aws.map(({ alias }) => alias)).toEqual([undefined, "acct_production", "acct_testing"]);
  });

  test("people whose names differ in signs alone stay apart", () => {
    const people = ["jo.an", "joan", "jo@an", "Default", "Resource"].map((name) => samplePerson(name, ["developers"]));
    const users = Object.values(synthesized(sampleRoster({ people }))["user"]?.resource["aws_iam_user"] ?? {});
    expect(users.map(({ name }) => name).sort()).toEqual(["Default", "Resource", "jo.an", "jo@an", "joan"]);
  });
});

describe("stacks", () => {
  test("each provider assumes its account's deploy role, and the default one may touch nothing", () => {
    expect(synthesized(sampleRoster())["production"]?.provider.aws).toEqual([
      { allowed_account_ids: ["000000000000"], region: "eu-central-1" },
      {
        alias: "acct_production",
        allowed_account_ids: ["333333333333"],
        assume_role: [
          { role_arn: "arn:aws:iam::333333333333:role/OrganizationAccountAccessRole", session_name: "rolecall" },
        ],
        region: "eu-central-1",
      },
    ]);
  });

  test("no stack reads another: no data sources, outputs, variables or remote state", () => {
    for (const stack of Object.values(synthesized(sampleRoster()))) {
      expect(Object.keys(stack).sort()).toEqual(["//", "provider", "resource", "terraform"]);
    }
  });

  const backends: readonly [Backend, unknown][] = [
    [{ kind: "local", directory: "state" }, { backend: { local: { path: "../../../state/testing.tfstate" } } }],
    [
      {
        kind: "s3",
        bucket: "states",
        region: "eu-west-1",
        prefix: "access/",
        roleArn: "arn:aws:iam::444444444444:role/state",
      },
      {
        backend: {
          s3: {
            assume_role: { role_arn: "arn:aws:iam::444444444444:role/state", session_name: "rolecall" },
            bucket: "states",
            encrypt: true,
            key: "access/testing.tfstate",
            region: "eu-west-1",
            use_lockfile: true,
          },
        },
      },
    ],
    [
      { kind: "cloud", organization: "example", project: "access", workspacePrefix: "access-" },
      { cloud: { organization: "example", workspaces: { name: "access-testing", project: "access" } } },
    ],
  ];
  test.each(backends)("backend %j", (backend, expected) => {
    expect(synthesized(sampleRoster({ backend }))["testing"]?.terraform).toMatchObject(expected as object);
    expect(synthesized(sampleRoster({ backend }))["testing"]?.terraform).toMatchObject({
      required_version: ">= 1.10.0",
      required_providers: { aws: { version: "~> 5.100" } },
    });
  });
});

describe("documents", () => {
  test("what Terraform gets is the access plan's document, as a literal", () => {
    const account = compiled(sampleRoster()).stacks.find(({ key }) => key === "user")?.accounts[0] as UserAccountPlan;
    const planned = account.groups.flatMap(({ inlinePolicies }) => inlinePolicies.map(({ document }) => document));
    const rendered = Object.values(synthesized(sampleRoster())["user"]?.resource["aws_iam_group_policy"] ?? {});
    const documents = rendered.map(({ policy }) => JSON.parse(unescapeTemplate(String(policy))));
    expect(documents).toEqual(expect.arrayContaining(planned as never[]));
    expect(documents).toHaveLength(planned.length);
  });

  test("operators carry the boundary as a literal, wait for it, and nobody else of the built-in tiers does", () => {
    const resource = synthesized(sampleRoster())["testing"]?.resource ?? {};
    const policies = Object.keys(resource["aws_iam_policy"] ?? {}).map((id) => `aws_iam_policy.${id}`);
    const roles = Object.values(resource["aws_iam_role"] ?? {}).map(({ name, permissions_boundary, depends_on }) => [
      name,
      permissions_boundary,
      depends_on,
    ]);
    expect(policies).toHaveLength(1);
    expect(roles.sort()).toEqual([
      ["administrator", undefined, undefined],
      ["operator", "arn:aws:iam::222222222222:policy/rolecall/operator-boundary", policies],
      ["spectator", undefined, undefined],
    ]);
  });

  test("no secret-bearing resource exists: no keys, login profiles or MFA devices", () => {
    const types = Object.values(synthesized(sampleRoster())).flatMap(({ resource }) => Object.keys(resource));
    expect(types.filter((type) => /access_key|login_profile|mfa|password$|secret/.test(type))).toEqual([]);
  });
});

test("two synths of one roster are byte-identical, wherever they are written", () => {
  const bytes = ["a", "b"].map((name) => {
    const outdir = mkdtempSync(join(tmpdir(), `rolecall-${name}-`));
    appOf(compiled(sampleRoster()), outdir).synth();
    return ["user", "testing", "production"].map((stack) =>
      readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"),
    );
  });
  expect(bytes[0]).toEqual(bytes[1]);
});
