import { accessDocuments } from "../../../modules/access/plan-documents";
import type { AccountDocuments } from "../../../modules/iam/account-documents";
import type { AccessChange } from "../../../modules/review/access-change";
import type { NamedPlan } from "../../../modules/review/plan/coverage";
import { reviewPlans } from "../../../modules/review/plan/review-plans";
import { parsePlan } from "../../../modules/terraform/read/plan-text";
import { plannedDocuments } from "../../../modules/terraform/read/plan-documents";
import { readPlan } from "../../../modules/terraform/read/read-plan";
import type { Roster } from "../../../modules/roster/roster";
import { SMALL } from "../../lifecycle/rosters";
import { capturedPlan } from "../../support/captured-plan";
import { planOfStacks } from "../../support/plan-of-stacks";
import { parseText } from "../../support/roster-text";
import { compiled, synthesized } from "../../support/synth";
import { CHANGED, WITHOUT_TWO } from "./captured-rosters";
import { lineOf } from "../lines";

const KEYS = new Map([
  ["111111111111", "user"],
  ["222222222222", "testing"],
  ["333333333333", "production"],
]);

/** Members of groups, and everything else coarsely: enough to tell whether witnesses agree. */
function coarse(before: readonly AccountDocuments[], after: readonly AccountDocuments[]): readonly AccessChange[] {
  const facts = (accounts: readonly AccountDocuments[]) =>
    new Map(
      accounts.flatMap(({ id, users, groups, roles }) =>
        [
          ...users.map(({ name }) => `user ${name}`),
          ...groups.flatMap(({ name, members }) => members.map((member) => `${member} in ${name}`)),
          ...roles.map(({ name, trust, attached }) => `role ${name} ${canonical(trust)} ${attached.join()}`),
        ].map((fact): [string, AccessChange] => [
          `${id} ${fact}`,
          { direction: "widening", account: KEYS.get(id) ?? id, kind: "not-judged", reason: `now ${fact}` },
        ]),
      ),
    );
  const [old, now] = [facts(before), facts(after)];
  const lost = [...old].filter(([key]) => !now.has(key));
  return [
    ...[...now].filter(([key]) => !old.has(key)).map(([, change]) => change),
    ...lost.map(
      ([key, { account }]): AccessChange => ({
        direction: "narrowing",
        account,
        kind: "not-judged",
        reason: `no longer ${key.slice(key.indexOf(" ") + 1)}`,
      }),
    ),
  ];
}

function canonical(value: unknown): string {
  const sorted = (inner: unknown): unknown =>
    Array.isArray(inner)
      ? inner.length === 1
        ? sorted(inner[0])
        : inner.map(sorted)
      : typeof inner === "object" && inner !== null
        ? Object.fromEntries(
            Object.entries(inner)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : inner;
  return JSON.stringify(sorted(value));
}

function rosterOf(text: string): Roster {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

function named(file: string, bytes: Uint8Array): NamedPlan {
  const plan = parsePlan(bytes);
  if (!plan.known) throw new Error(plan.reason);
  return { file, plan: readPlan(plan.value) };
}

type Documents = readonly AccountDocuments[];

function told(base: Documents, head: Documents, plans: readonly NamedPlan[]): readonly string[] {
  const review = reviewPlans(plans, { keys: KEYS, base, head }, coarse);
  return [...review.doubts, ...review.disagreements].map(lineOf);
}

const compiledDocuments = (text: string) => accessDocuments(compiled(rosterOf(text)));
const captured = (...names: readonly string[]) => names.map((name) => named(`${name}.json`, capturedPlan(name)));
/** What the rosters of the captures compiled to when they were taken: the configuration of their plans, as it was written. */
const capturedDocuments = (...names: readonly string[]) => plannedDocuments(captured(...names).map(({ plan }) => plan));

const BEFORE = capturedDocuments("create-user", "create-testing");

describe("plans of real Terraform", () => {
  test.each<[string, Documents, readonly string[]]>([
    ["nothing changes", BEFORE, ["unchanged-user", "unchanged-testing"]],
    ["people and a tier change", capturedDocuments("update-user", "update-testing"), ["update-user", "update-testing"]],
    ["somebody leaves", capturedDocuments("delete-user", "create-testing"), ["delete-user", "unchanged-testing"]],
    ["somebody is taken over", capturedDocuments("update-user", "create-testing"), ["import-user"]],
  ])("agree with the roster when %s", (_what, head, names) => {
    expect(told(BEFORE, head, captured(...names))).toEqual([]);
  });

  test("of a role that is made anew disagree: its policies go with it, and the plan does not bring them back", () => {
    expect(told(BEFORE, BEFORE, captured("replace-testing", "unchanged-user"))).toEqual([
      'unknown: the plan: role "operator" is created again without its policies and members; plan and apply again to bring them back',
    ]);
  });

  test("of another roster disagree: what they leave out, and what they do beside", () => {
    expect(told(BEFORE, BEFORE, captured("delete-user"))).toEqual([
      "unknown: the plans do more than the roster says: no longer senior.two@example.org in people",
      "unknown: the plans do more than the roster says: no longer senior.two@example.org in team-seniors",
      "unknown: the plans do more than the roster says: no longer user senior.two@example.org",
      'unknown: after the plans, group "people" lacks the member "senior.two@example.org", which the roster asks for',
      'unknown: after the plans, group "team-seniors" lacks the member "senior.two@example.org", which the roster asks for',
    ]);
    expect(told(BEFORE, capturedDocuments("delete-user", "create-testing"), captured("unchanged-user"))).toEqual([
      "widening: the plans do less than the roster says: no longer senior.two@example.org in people",
      "widening: the plans do less than the roster says: no longer senior.two@example.org in team-seniors",
      "widening: the plans do less than the roster says: no longer user senior.two@example.org",
      'widening: after the plans, group "people" has the member "senior.two@example.org", which the roster does not ask for',
      'widening: after the plans, group "team-seniors" has the member "senior.two@example.org", which the roster does not ask for',
      "widening: after the plans, AWS differs from the roster: now senior.two@example.org in people",
      "widening: after the plans, AWS differs from the roster: now senior.two@example.org in team-seniors",
      "widening: after the plans, AWS differs from the roster: now user senior.two@example.org",
    ]);
  });
});

const stacks = new Map([SMALL, CHANGED, WITHOUT_TWO].map((text) => [text, synthesized(rosterOf(text))]));

function plans(base: string, head: string): readonly NamedPlan[] {
  const [old, now] = [stacks.get(base), stacks.get(head)];
  return Object.entries(now ?? {}).map(([name, stack]) =>
    named(`${name}.json`, Buffer.from(JSON.stringify(planOfStacks(old?.[name], stack)))),
  );
}

test("law: the plans from one roster to another agree with them, and with no other change", () => {
  for (const base of stacks.keys())
    for (const head of stacks.keys()) {
      const [from, to] = [compiledDocuments(base), compiledDocuments(head)];
      expect(told(from, to, plans(base, head))).toEqual([]);
      for (const other of stacks.keys()) if (other !== head) expect(told(from, to, plans(base, other))).not.toEqual([]);
    }
});

test("an account that leaves the roster has no stack, so no plan of it is asked for; a plan to destroy it agrees", () => {
  const [base, head] = [compiledDocuments(SMALL), compiledDocuments(SMALL).filter(({ id }) => id !== "222222222222")];
  expect(told(base, head, [])).toEqual([]);
  expect(
    told(
      capturedDocuments("create-user", "create-testing"),
      capturedDocuments("create-user"),
      captured("destroy-testing"),
    ),
  ).toEqual([]);
});

test("a plan that has nothing to do any more agrees: the change was applied already", () => {
  expect(told(compiledDocuments(SMALL), compiledDocuments(CHANGED), plans(CHANGED, CHANGED))).toEqual([]);
});
