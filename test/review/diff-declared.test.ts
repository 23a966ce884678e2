import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diffAccess, diffFromNothing } from "../../modules/review/diff-access";
import { diffDeclared } from "../../modules/review/diff-declared";
import { rosterOf } from "../support/roster-text";
import { NOW } from "../support/synth";
import { changeSentence } from "../../modules/review/sentences/sentence";

const ROSTER = `organization: example
region: eu-central-1
userAccount: { id: "111111111111" }
accounts:
  testing: { id: "222222222222", environment: testing }
  production: { id: "333333333333", environment: production }
teams:
  seniors: { "@testing": administrator, production: administrator }
people:
  eva: { teams: [seniors] }
`;

type Change = readonly (readonly [string, string])[];

interface Case {
  readonly name: string;
  readonly base: Change;
  readonly head: Change;
  readonly expected: readonly string[];
}

const CASES = JSON.parse(readFileSync(join(__dirname, "cases/declared.json"), "utf8")) as readonly Case[];

function changed(change: Change) {
  return rosterOf(
    change.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    }, ROSTER),
  );
}

test.each(CASES.map((each) => [each.name, each] as const))("declared: %s", (_name, { base, head, expected }) => {
  const changes = diffAccess(changed(base), changed(head), NOW);
  expect(
    changes.map((change) => `${change.direction} ${change.kind} ${change.account ?? "-"}: ${changeSentence(change)}`),
  ).toEqual(expected);
});

test("without a base everything declared is new, and what is declared makes nothing", () => {
  const roster = changed([["accounts:", 'expected: { deployRole: ["999999999999"] }\naccounts:']]);
  expect(diffDeclared(undefined, roster)).toHaveLength(1);
  expect(diffFromNothing(roster, NOW).filter(({ kind }) => kind === "declared-deploy-role")).toHaveLength(1);
});
