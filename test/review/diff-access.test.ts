import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reviewVerdictOf } from "../../modules/review/access-change";
import { diffAccess, diffFromNothing } from "../../modules/review/diff-access";
import { renderReview } from "../../modules/review/render";
import { reviewOf } from "../../modules/review/review";
import type { Roster } from "../../modules/roster/roster";
import { rosterOf } from "../support/roster-text";
import { CASES, textsOf } from "./change-cases";
import { MANAGED, saidOf } from "./said";
import { NOW } from "../support/synth";
import { lineOf } from "./lines";

const BASE = readFileSync(join(__dirname, "cases/base.yaml"), "utf8");

const base = rosterOf(BASE);

test.each(CASES.map((each) => [each.name, each] as const))("%s", (_name, each) => {
  const [before, after] = textsOf(each).map(rosterOf) as [Roster, Roster];
  const changes = each.policies ? saidOf(before, after, NOW) : diffAccess(before, after, NOW, MANAGED);
  expect(changes.map(lineOf)).toEqual(each.expected);
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
      // Who comes is told by what they gain; that a user with its keys goes is reported by itself.
      const facts = (changes: typeof there) =>
        changes
          .filter(({ kind }) => !kind.startsWith("person-"))
          .map(({ direction, account, person }) => [direction, account, person].join(" "))
          .sort();
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
  expect(reviewVerdictOf(changes)).toBe("widening");
  const text = renderReview(reviewOf(changes));
  expect(text).toMatch(
    /4 give more access, 4 take access away; 2 people gain, 2 people lose\n\nmore access\n {2}production\n/,
  );
  expect(text.indexOf("more access")).toBeLessThan(text.indexOf("less access"));
});

test("people who leave share a row, and one alone is named in the command", () => {
  const without = (...names: readonly string[]) => ({
    ...base,
    people: base.people.filter(({ key }) => !names.includes(key)),
  });
  const text = (head: Roster) => renderReview(reviewOf(diffAccess(base, head, NOW)));
  expect(text(without("bob"))).toContain('"bob" leaves the roster');
  expect(text(without("bob"))).toContain("rolecall offboard bob ends them");
  expect(text(without("bob", "ann@example.org"))).toMatch(
    /2 people leave the roster: .*rolecall offboard NAME ends them: "ann@example.org", "bob"/,
  );
});

test("a tier's actions are all there, the most dangerous first; people share its sentence and not the list", () => {
  const [added, gained] = diffAccess(
    base,
    rosterOf(BASE.replace("teams:\n", 'tiers:\n  viewer: { allow: ["*"] }\nteams:\n')),
    NOW,
  );
  expect(added).toMatchObject({ kind: "tier-added", after: { tier: "viewer", mfaAgeSeconds: 43_200 } });
  expect(added?.actions?.length).toBeGreaterThan(20_000);
  expect(added?.actions).not.toContain("cloudhsm:CreateCluster");
  expect(gained).toBeUndefined();
});
