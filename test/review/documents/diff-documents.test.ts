import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileAccess } from "../../../modules/access/compile";
import { accessDocuments } from "../../../modules/access/plan-documents";
import type { AccountDocuments, RoleDocuments } from "../../../modules/iam/account-documents";
import { parseCatalogue } from "../../../modules/iam/catalogue";
import { codeChanges } from "../../../modules/review/code/code-changes";
import { diffDocuments, diffRights } from "../../../modules/review/documents/diff-documents";
import { EXAMPLE_ROSTER, HOME } from "../../support/run-command";
import { parseText } from "../../support/roster-text";
import { NOW } from "../../support/synth";

const catalogue = parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8"));
const TESTING = "222222222222";
const keys = new Map([[TESTING, "testing"]]);
const context = { keys, catalogue, managed: new Map(), now: NOW, holders: () => 3 };

const BASE = ((): readonly AccountDocuments[] => {
  const roster = parseText(readFileSync(EXAMPLE_ROSTER, "utf8"));
  if (!roster.ok) throw new Error(JSON.stringify(roster.findings));
  const plan = compileAccess(roster.value, NOW);
  if (!plan.ok) throw new Error(JSON.stringify(plan.findings));
  return accessDocuments(plan.value);
})();

type Statement = Record<string, unknown>;
interface Case {
  readonly what: string;
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
  readonly there: readonly string[];
  readonly back: readonly string[];
}
const CASES = JSON.parse(readFileSync(join(__dirname, "cases/statements.json"), "utf8")) as readonly Case[];

/** One role with one policy of these statements; without any there is no policy, for AWS stores no empty one. */
function account(statements: readonly Statement[], more: Partial<RoleDocuments> = {}): AccountDocuments {
  const inline = new Map(
    statements.length === 0 ? [] : [["p", { Version: "2012-10-17", Statement: statements }] as const],
  );
  const role = { kind: "role", name: "r", path: "/", attached: [], trust: {}, maxSessionSeconds: 3600 } as const;
  return {
    id: TESTING,
    partition: "aws",
    users: [],
    groups: [],
    policies: new Map(),
    unknowns: [],
    roles: [{ ...role, inline, ...more }],
  };
}
const directions = (before: AccountDocuments, after: AccountDocuments) =>
  diffDocuments([before], [after], context).map(({ direction }) => direction);

test.each(CASES)("$what", ({ before, after, there, back }) => {
  expect(directions(account(before), account(after))).toEqual(there);
  expect(directions(account(after), account(before))).toEqual(back);
});

test("law: the same documents are no change, whatever the order of things, users, groups and policies", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
      const shuffled = <T>(list: readonly T[]): readonly T[] =>
        list
          .map((value) => ({ value, at: numbers.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ value }) => value);
      const other = shuffled(BASE).map((each) => ({
        ...each,
        users: shuffled(each.users),
        groups: shuffled(each.groups).map((group) => ({ ...group, members: shuffled(group.members) })),
        roles: shuffled(each.roles).map((role) => ({ ...role, attached: shuffled(role.attached) })),
        policies: new Map(shuffled([...each.policies])),
      }));
      expect(diffDocuments(BASE, other, context)).toEqual([]);
      expect(diffRights(BASE, other, context)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test("rights of people alone: a changed group touches its members and nobody else", () => {
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iam:CreateUser", Resource: "*" }] };
  const after = BASE.map((each) => ({
    ...each,
    groups: each.groups.map((group) =>
      group.name === "people" ? { ...group, inline: new Map([...group.inline, ["more", policy]]) } : group,
    ),
  }));
  expect(diffRights(BASE, after, context)).toEqual(
    diffDocuments(BASE, after, context).filter(({ actions }) => actions?.includes("iam:CreateUser")),
  );
  expect(diffRights(BASE, after, context)).toHaveLength(1);
});

test("what newly cannot be judged is unknown; what could not be judged before is not said again", () => {
  const [bare, odd] = [account([]), { ...account([]), unknowns: ["x cannot be judged"] }];
  expect(directions(bare, odd)).toEqual(["unknown"]);
  expect(directions(odd, odd)).toEqual([]);
  expect(directions(odd, { ...odd, roles: [] })).toEqual(["narrowing"]);
});

test("what code makes of the policies is unknown without outputs; all of it is somebody's rights, with outputs as well", () => {
  const of = (files: Parameters<typeof codeChanges>[0], synthesized: boolean) =>
    codeChanges(files, synthesized).map(({ direction }) => direction);
  expect([of([], false), of([], true)]).toEqual([[], []]);
  expect([of(undefined, false), of(undefined, true)]).toEqual([["unknown"], ["unknown"]]);
  const makes = [{ path: "main.ts", policies: true }];
  expect([of(makes, false), of(makes, true)]).toEqual([
    ["unknown", "widening"],
    ["neutral", "widening"],
  ]);
  const runs = [{ path: ".github/workflows/apply.yml", policies: false, reason: "GitHub reads it, or runs it" }];
  expect([of(runs, false), of(runs, true)]).toEqual([["widening"], ["widening"]]);
});
