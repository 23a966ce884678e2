import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import type { PlanJson } from "../../modules/terraform/read/plan-shape";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { readStackDocuments } from "../../modules/terraform/read/stack-documents";
import { sampleRoster } from "../support/sample-roster";
import { type StackJson, stackTexts, synthesized } from "../support/synth";

const TRUST = '{"Statement":[]}';

/** A stack with one account and these resources. */
function stack(resource: StackJson["resource"]): unknown {
  return { provider: { aws: [{ alias: "acct_a", allowed_account_ids: ["222222222222"] }] }, resource };
}

function only(resource: StackJson["resource"]) {
  const [account, ...others] = readStackDocuments(stackTexts({ a: stack(resource) }));
  expect(others).toEqual([]);
  if (!account) throw new Error("no account");
  return account;
}

const aws = (values: Record<string, unknown>) => ({ x: { provider: "aws.acct_a", ...values } });

test("the sample's stacks are read whole: accounts, members, policies, trust; nothing is unknown", () => {
  const accounts = readStackDocuments(stackTexts(synthesized(sampleRoster())));
  expect(accounts.map(({ id }) => id).sort()).toEqual(["111111111111", "222222222222", "333333333333"]);
  expect(accounts.flatMap(({ unknowns }) => unknowns)).toEqual([]);
  const user = accounts.find(({ id }) => id === "111111111111");
  expect(user?.users.map(({ name }) => name)).toEqual([
    "dev.one@example.org",
    "dev.two@example.org",
    "senior.one@example.org",
  ]);
  expect(user?.groups.find(({ name }) => name === "team-seniors")?.members).toEqual(["senior.one@example.org"]);
  expect(JSON.stringify([...(user?.groups[0]?.inline.values() ?? [])])).toContain("${aws:username}");
  const testing = accounts.find(({ id }) => id === "222222222222");
  expect(testing?.roles.map(({ name, path }) => path + name).sort()).toEqual([
    "/rolecall/administrator",
    "/rolecall/operator",
    "/rolecall/spectator",
  ]);
});

test.each<[string, StackJson["resource"], string]>([
  [
    "a type nobody judged",
    { aws_iam_access_key: aws({ user: "ann" }) },
    'a "aws_iam_access_key" gives cannot be judged',
  ],
  ["an expression for a name", { aws_iam_user: aws({ name: "${var.x}" }) }, "name is not a plain text"],
  [
    "members that are an expression",
    { aws_iam_group_membership: aws({ group: "g", users: ["${x}"] }) },
    "users is not a list",
  ],
  [
    "a policy of a role made elsewhere",
    { aws_iam_role_policy: aws({ role: "r", name: "p", policy: TRUST }) },
    "is not made here",
  ],
])("%s is an unknown, never dropped", (_what, resource, text) => {
  expect(only(resource).unknowns.join("\n")).toContain(text);
});

const USER = { aws_iam_user: aws({ name: "ann" }) };

test.each<[string, unknown, string]>([
  ["a module", { ...(stack(USER) as object), module: { m: { source: "./m" } } }, '"module" cannot be judged'],
  ["data", { ...(stack(USER) as object), data: { external: {} } }, '"data" cannot be judged'],
  [
    "a list of resources",
    stack({ aws_iam_user: [{ x: { name: "ann" } }] } as unknown as StackJson["resource"]),
    "not a mapping",
  ],
  [
    "a resource that is a list",
    stack({ aws_iam_user: { x: [] } } as unknown as StackJson["resource"]),
    "is not a mapping",
  ],
  ...["count", "for_each", "lifecycle", "provisioner", "connection", "dynamic", "managed_policy_arns"].map(
    (argument): [string, unknown, string] => [
      argument,
      stack({ aws_iam_user: aws({ name: "ann", [argument]: {} }) }),
      `${argument} cannot be judged`,
    ],
  ),
])("%s is an unknown of the stack", (_what, json, text) => {
  const [account] = readStackDocuments(stackTexts({ a: json }));
  expect(account?.unknowns.join("\n")).toContain(text);
});

test("a key written twice is an unknown, in the stack and in a policy; so is a policy written twice", () => {
  const twice = JSON.stringify(stack(USER)).replace('"resource":', '"resource":{},"resource":');
  expect(readStackDocuments([{ where: "a", text: twice }])[0]?.unknowns[0]).toContain("is written twice");
  const policy = '{"Statement":[],"Statement":[{}]}';
  expect(only({ aws_iam_policy: aws({ name: "p", policy }) }).policies.get("arn:aws:iam::222222222222:policy/p")).toBe(
    policy,
  );
  const again = { x: { provider: "aws.acct_a", role: "r", name: "p", policy: TRUST } };
  const role = {
    aws_iam_role: aws({ name: "r", assume_role_policy: TRUST }),
    aws_iam_role_policy: { ...again, y: again.x },
  };
  expect(only(role).unknowns.join()).toContain("a second resource writes");
});

test("a resource whose provider does not tell its account is an unknown account's", () => {
  const accounts = readStackDocuments(
    stackTexts({ a: stack({ aws_iam_user: { x: { provider: "aws.other", name: "ann" } } }) }),
  );
  expect(accounts.find(({ id }) => id === "unknown")?.unknowns[0]).toContain("does not say which account");
});

test("what a role's resource reports counts, unless a resource of its own has the last word", () => {
  const reported = { inline_policy: [{ name: "by-hand", policy: TRUST }], managed_policy_arns: ["arn:by-hand"] };
  const role = { aws_iam_role: aws({ name: "r", assume_role_policy: TRUST, ...reported }) };
  expect(only(role).roles).toMatchObject([
    { inline: new Map([["by-hand", { Statement: [] }]]), attached: ["arn:by-hand"] },
  ]);
  const last = {
    ...role,
    aws_iam_role_policies_exclusive: aws({ role_name: "r", policy_names: [] }),
    aws_iam_role_policy_attachments_exclusive: aws({ role_name: "r", policy_arns: [] }),
  };
  expect(only(last).roles).toMatchObject([{ inline: new Map(), attached: [] }]);
});

test("every form of membership and attachment counts", () => {
  const account = only({
    aws_iam_user: aws({ name: "ann", permissions_boundary: "arn:b" }),
    aws_iam_group: aws({ name: "g" }),
    aws_iam_user_group_membership: aws({ user: "ann", groups: ["g"] }),
    aws_iam_group_policy_attachment: aws({ group: "g", policy_arn: "arn:p" }),
    aws_iam_user_policy_attachments_exclusive: aws({ user_name: "ann", policy_arns: ["arn:q"] }),
  });
  expect(account.unknowns).toEqual([]);
  expect(account.groups).toMatchObject([{ members: ["ann"], attached: ["arn:p"] }]);
  expect(account.users).toMatchObject([{ attached: ["arn:q"], boundary: "arn:b" }]);
});

describe("plans", () => {
  const plan = (patch: object = {}) => ({
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: [{ address: "aws_iam_user.x", type: "aws_iam_user", values: { name: "ann", path: "/" } }],
      },
    },
    configuration: {
      provider_config: {
        aws: { expressions: { allowed_account_ids: { constant_value: ["000000000000"] } } },
        "aws.acct_a": { expressions: { allowed_account_ids: { constant_value: ["222222222222"] } } },
      },
      root_module: { resources: [{ address: "aws_iam_user.x", provider_config_key: "aws.acct_a" }] },
    },
    ...patch,
  });

  const documents = (value: object) => plannedDocuments([readPlan(value as PlanJson)]);

  test("planned values become documents of the provider's account", () => {
    expect(documents(plan())).toMatchObject([{ id: "222222222222", users: [{ name: "ann" }], unknowns: [] }]);
  });

  test("what makes a plan less than the truth makes its documents unknown", () => {
    expect(documents(plan({ complete: false }))[0]?.unknowns).toEqual([expect.stringContaining("incomplete")]);
  });
});
