import type { AccountDocuments } from "../../../modules/iam/account-documents";
import { reviewPlans } from "../../../modules/review/plan/review-plans";
import type { TerraformPlan } from "../../../modules/terraform/read/read-plan";
import { lineOf } from "../lines";
import { besides, KEYS, plan, PROVIDERS } from "./hand-plans";

/* Which accounts plans are of, and whether they can be trusted. */

describe("which accounts the plans are of", () => {
  const nobody = plan([], { configuration: {} });
  const testing = plan([]);
  const account = (id: string, policy: unknown): AccountDocuments => ({
    ...{ id, partition: "aws", users: [], groups: [], roles: [], unknowns: [] },
    policies: new Map([["arn:p", policy]]),
  });
  const accounts = (policy: unknown, ids: readonly string[]) =>
    [...KEYS.keys()].map((id) => account(id, ids.includes(id) ? policy : "same"));
  const review = (files: Readonly<Record<string, TerraformPlan>>, changed: readonly string[], keys = KEYS) =>
    reviewPlans(
      Object.entries(files).map(([file, plan]) => ({ file, plan })),
      { keys, base: accounts("old", changed), head: accounts("new", changed) },
      () => [],
    ).doubts.map(lineOf);

  test.each<[string, readonly string[], readonly string[]]>([
    ["all there", review({ a: testing }, ["222222222222"]), []],
    [
      "one is missing",
      review({ a: testing }, ["111111111111", "222222222222"]),
      ["no plan for user was given, so what its apply does"],
    ],
    [
      "one is nobody's",
      review({ a: nobody }, []),
      ['the plan in "a" names no account, so it cannot be compared with the roster'],
    ],
    [
      "one is a stranger's",
      review({ a: testing }, [], new Map()),
      ["is for the account 222222222222, which is not in the roster"],
    ],
    [
      "two are of one",
      review({ a: testing, b: testing }, []),
      ['"a" and "b" are both plans for the account 222222222222'],
    ],
  ])("%s", (_what, found, expected) => {
    expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
    expect(found.every((line) => line.startsWith("unknown: "))).toBe(true);
  });
});

const provider = (more: object, expressions: object = {}) => {
  const own = PROVIDERS["aws.acct_testing"];
  const made = { ...own, expressions: { ...own.expressions, ...expressions }, ...more };
  return { provider_config: { "aws.acct_testing": made }, root_module: { resources: [] } };
};
const data = { mode: "data", type: "external", address: "data.external.x" };

test.each<[string, object, string]>([
  ["another provider", provider({ full_name: "registry.terraform.io/evil/aws" }), "other than HashiCorp's for AWS"],
  ["static keys", provider({}, { secret_key: { constant_value: "hunter2" } }), "settings that Rolecall never writes"],
  [
    "a data source that runs a program while it plans, in a module",
    { ...provider({}), root_module: { module_calls: { m: { module: { resources: [data] } } } } },
    "reads data sources of providers other than AWS",
  ],
])("%s is a doubt", (_name, configuration, doubt) => {
  const lines = besides(plan([], { configuration })).filter((line) => !line.includes("the plan: it"));
  expect(lines).toEqual([expect.stringMatching(/^unknown testing: the plan in "plan\.json" cannot be trusted: /)]);
  expect(lines[0]).toContain(doubt);
  expect(lines[0]).not.toContain("hunter2");
});
