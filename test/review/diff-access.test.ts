import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verdictOf } from "../../modules/review/access-change";
import { diffAccess, diffFromNothing } from "../../modules/review/diff-access";
import { renderReview } from "../../modules/review/render";
import { reviewOf } from "../../modules/review/review";
import type { Roster } from "../../modules/roster/roster";
import { rosterOf } from "../support/roster-text";
import { NOW } from "../support/synth";

const BASE = `organization: example
region: eu-central-1
userAccount: { id: "111111111111" }
accounts:
  testing: { id: "222222222222", environment: testing }
  production: { id: "333333333333", environment: production }
teams:
  developers: { "@testing": operator, production: spectator }
  seniors: { "@testing": administrator, production: administrator }
people:
  ann@example.org: { teams: [developers] }
  bob:
    teams: [developers]
    grants:
      - { account: production, tier: operator, until: 2027-01-15 }
  eva: { teams: [seniors] }
`;

interface Case {
  readonly name: string;
  readonly change: readonly (readonly [string, string])[];
  readonly expected: readonly string[];
}

const CASES = JSON.parse(readFileSync(join(__dirname, "cases/changes.json"), "utf8")) as readonly Case[];

const base = rosterOf(BASE);

test.each(CASES.map((each) => [each.name, each] as const))("%s", (_name, { change, expected }) => {
  const text = change.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, BASE);
  const changes = diffAccess(base, rosterOf(text), NOW);
  expect(changes.map(({ direction, sentence }) => `${direction}: ${sentence}`)).toEqual(expected);
});

test("without a base everything is gained", () => {
  expect(diffFromNothing(base, NOW).filter(({ direction }) => direction === "widening")).toHaveLength(7);
});

test("law: what one way gives the other way takes", () => {
  const people = fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.uniqueArray(fc.constantFrom("developers", "seniors")),
    { minKeys: 1 },
  );
  fc.assert(
    fc.property(people, people, (one, two) => {
      const withPeople = (map: Record<string, readonly string[]>): Roster => ({
        ...base,
        people: Object.entries(map).map(([key, own]) => ({
          key,
          teams: own,
          grants: [],
          tags: {},
          place: base.userAccount.place,
        })),
      });
      const there = diffAccess(withPeople(one), withPeople(two), NOW);
      const back = diffAccess(withPeople(two), withPeople(one), NOW);
      const mirror = { widening: "narrowing", narrowing: "widening", neutral: "neutral", unknown: "unknown" } as const;
      const facts = (changes: typeof there) =>
        changes.map(({ direction, account, person }) => [direction, account, person].join(" ")).sort();
      expect(facts(there)).toEqual(facts(back.map((each) => ({ ...each, direction: mirror[each.direction] }))));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("the text: counts first, more access first, one line when nothing changes", () => {
  expect(renderReview(reviewOf([]))).toBe("access does not change\n");
  const changes = diffAccess(
    base,
    rosterOf(
      BASE.replace("ann@example.org: { teams: [developers] }", "ann@example.org: { teams: [seniors] }").replace(
        "eva: { teams: [seniors] }",
        "eva: { teams: [developers] }",
      ),
    ),
    NOW,
  );
  expect(verdictOf(changes)).toBe("widening");
  const text = renderReview(reviewOf(changes));
  expect(text).toMatch(
    /2 give more access, 2 take access away; 1 person gains, 1 person loses\n\nmore access\n {2}production\n/,
  );
  expect(text.indexOf("more access")).toBeLessThan(text.indexOf("less access"));
});
