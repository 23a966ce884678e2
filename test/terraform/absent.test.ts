import { stableJson } from "../../modules/text";
import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { readStackDocuments } from "../../modules/terraform/read/stack-documents";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import type { PlanJson } from "../../modules/terraform/read/plan-shape";
import { planOfStacks } from "../support/plan-of-stacks";
import { samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";
import { type StackJson, stackTexts, synthesized } from "../support/synth";

/* null, [], "", {}, false and nothing at all are how Terraform writes that an argument is absent: each is the absent value of its kind. */

/** With a team that nobody is in, and that gives nothing. */
const roster = sampleRoster({
  teams: [...sampleRoster().teams, sampleTeam("empty", [])],
  people: [...sampleRoster().people, samplePerson("ann@example.org", [])],
});
const stacks: Readonly<Record<string, StackJson>> = synthesized(roster);

function textOf(accounts: readonly AccountDocuments[]): string {
  const holder = (each: { readonly inline: ReadonlyMap<string, unknown> }) => ({ ...each, inline: [...each.inline] });
  return stableJson(
    accounts.map(({ users, groups, roles, policies, ...rest }) => ({
      ...rest,
      holders: [...users, ...groups, ...roles].map(holder),
      policies: [...policies],
    })),
  );
}

const EXPECTED = textOf(readStackDocuments(stackTexts(stacks)));

/** The arguments of each kind that a resource of ours may leave out, as provider 5.100 has them. */
const KINDS: readonly (readonly [string, readonly unknown[], readonly string[]])[] = [
  ["a list", [null, []], ["users", "policy_names", "policy_arns", "inline_policy", "managed_policy_arns"]],
  ["a text", [null, "", undefined], ["permissions_boundary", "name_prefix", "description", "arn", "unique_id"]],
  ["a map", [null, {}, undefined], ["tags", "tags_all"]],
  ["a truth", [null, false, undefined], ["force_destroy", "force_detach_policies", "hard_expiry"]],
  ["a number", [null, undefined], ["max_password_age", "attachment_count"]],
];

/** The plan of a stack with this value wherever the argument says nothing. */
function plan(stack: StackJson, argument: string, value: unknown): PlanJson {
  const json = planOfStacks(stack, stack) as { planned_values: { root_module: { resources: Resource[] } } };
  for (const { type, values } of json.planned_values.root_module.resources) {
    const isAbsent = stableJson(values[argument] ?? null).replace(/^(\[\]|\{\}|""|false)$/, "null") === "null";
    if (isAbsent && (argument in values || HAS[type]?.includes(argument))) values[argument] = value;
  }
  return JSON.parse(JSON.stringify(json));
}

interface Resource {
  readonly type: string;
  readonly values: Record<string, unknown>;
}

/** Arguments that the provider knows and the synthesized stack does not write. */
const HAS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_user: ["permissions_boundary", "arn", "unique_id", "tags", "tags_all", "force_destroy"],
  aws_iam_group: ["arn", "unique_id"],
  aws_iam_role: [
    ...["permissions_boundary", "name_prefix", "description", "arn", "unique_id", "tags", "tags_all"],
    ...["force_detach_policies", "inline_policy", "managed_policy_arns"],
  ],
  aws_iam_policy: ["name_prefix", "description", "arn", "tags", "tags_all", "attachment_count"],
  aws_iam_account_password_policy: ["hard_expiry", "max_password_age"],
};

const CASES = KINDS.flatMap(([kind, forms, names]) =>
  names.flatMap((argument) => forms.map((form) => [kind, argument, form] as const)),
);

test.each(CASES)("%s: %s as %j", (_kind, argument, form) => {
  const plans = Object.values(stacks).map((stack) => readPlan(plan(stack, argument, form)));
  expect(textOf(plannedDocuments(plans))).toBe(EXPECTED);
});

test("a list that is not there at all, or something else than a list, is unknown", () => {
  for (const form of [undefined, "", {}, false, [null], 0]) {
    const plans = Object.values(stacks).map((stack) => readPlan(plan(stack, "users", form)));
    const unknowns = plannedDocuments(plans).flatMap((account) => account.unknowns);
    expect(unknowns).toEqual([expect.stringMatching(/users is not a list of plain texts$/)]);
  }
});

test("a role without a path or a session length has AWS's own; a number may be a text; anything else is unknown", () => {
  const role = (more: object) => {
    const body = { provider: "aws.acct_testing", name: "r", assume_role_policy: "{}", ...more };
    const stack = { ...stacks["testing"], resource: { aws_iam_role: { r: body } } };
    const [account] = readStackDocuments(stackTexts({ testing: stack }));
    const found = account?.roles[0];
    return [found?.path, found?.maxSessionSeconds, account?.unknowns.length];
  };
  expect(role({})).toEqual(["/", 3600, 0]);
  expect(role({ path: null, max_session_duration: null })).toEqual(["/", 3600, 0]);
  expect(role({ path: "", max_session_duration: "43200" })).toEqual(["/", 43200, 0]);
  for (const odd of ["12h", "4.32e4", "${x}", true, [], {}])
    expect(role({ max_session_duration: odd })).toEqual(["/", undefined, 1]);
  expect(role({ path: ["/x/"] })[2]).toBe(1);
});
