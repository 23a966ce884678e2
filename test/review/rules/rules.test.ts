import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCatalogue } from "../../../modules/iam/catalogue";
import { diffAccess } from "../../../modules/review/diff-access";
import { reviewOf, reviewVerdict } from "../../../modules/review/review";
import { approvalText } from "../../../modules/review/rules/approvals";
import { judge, type RulesOfSide } from "../../../modules/review/rules/judge";
import { tierAbilities } from "../../../modules/review/rules/abilities";
import { parseRules } from "../../../modules/review/rules/rules";
import { rosterOf } from "../../support/roster-text";
import { HOME } from "../../support/run-command";
import { NOW } from "../../support/synth";

const ROSTER = `organization: example
region: eu-central-1
userAccount: { id: "111111111111" }
accounts:
  testing: { id: "222222222222", environment: testing }
  production: { id: "333333333333", environment: production }
teams:
  developers: { "@testing": operator, production: spectator }
  seniors: { "@testing": administrator, production: administrator }
people:
  ann: { teams: [developers] }
  bob:
    teams: [developers]
    grants:
      - { account: production, tier: operator }
  eva: { teams: [seniors] }
`;

const RULES = `approvals:
  - { account: "@production", tier: administrator, by: ["@example/security"], count: 2 }
  - { account: "@production", by: ["@example/leads"] }
  - { direction: narrowing, by: ["@example/hr"] }
holders:
  - { account: "@production", tier: administrator, most: 1 }
grants:
  - { account: "@production", until: required, longest: 30d, reason: required }
`;

const catalogue = parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8"));
const able = tierAbilities(() => ({ catalogue, managed: new Map(), now: NOW }));
const rulesOf = (text: string): RulesOfSide => parseRules({ path: "review.yaml", bytes: Buffer.from(text) });

function judged(from: string, to: string, rules: { readonly before?: RulesOfSide; readonly after?: RulesOfSide } = {}) {
  expect(ROSTER).toContain(from);
  const [base, head] = [rosterOf(ROSTER), rosterOf(ROSTER.replace(from, to))];
  const before = rules.before ?? rulesOf(RULES);
  const changes = diffAccess(base, head, NOW);
  return reviewOf([], judge({ base, head, changes, now: NOW, able }, { before, after: rules.after ?? before }));
}

test("who must approve: every rule that fits, and where none fits it is said", () => {
  const { approvals } = judged("ann: { teams: [developers] }", "ann: { teams: [seniors] }");
  expect(approvals.map(approvalText)).toEqual([
    // Whoever administers in place of operating needs fresher MFA, and that is less.
    '1 of "@example/hr" (2 changes)',
    "no rule says who must approve (1 change)",
    '1 of "@example/leads" (1 change)',
    '2 of "@example/security" (1 change)',
  ]);
  const left = judged("ann: { teams: [developers] }", "ann: { teams: [] }");
  expect(left.approvals.map(approvalText)).toEqual(['1 of "@example/hr" (2 changes)']);
});

test("too many holders: a breach at the account's line, and exit as for more access; none before it was worse", () => {
  const review = judged("ann: { teams: [developers] }", "ann: { teams: [seniors] }");
  expect(review.findings.map(({ code, place }) => [code, place.line])).toEqual([["too-many-holders", 6]]);
  expect(reviewVerdict(review)).toBe("breach");
  const once = rulesOf("holders: [{ tier: operator, account: testing, most: 1 }]");
  expect(judged("eva: {", "eve: {", { before: once })).toMatchObject({
    findings: [],
    standing: [{ severity: "warning" }],
  });
});

test.each([
  [
    "no end, no reason",
    "{ account: production, tier: administrator }",
    ["end-required", "reason-required", "too-many-holders"],
  ],
  ["too long", "{ account: production, tier: operator, until: 2100-01-01, reason: x }", ["grant-too-long"]],
  ["elsewhere", "{ account: testing, tier: administrator }", []],
])("grants of their own: %s", (_name, grant, expected) => {
  const { findings } = judged("ann: { teams: [developers] }", `ann: { grants: [${grant}] }`);
  expect(findings.map(({ code }) => code).sort()).toEqual(expected);
});

test("what the base broke already is said, and does not fail", () => {
  const review = judged("ann: { teams: [developers] }", "ann: { teams: [] }");
  expect(review.findings).toEqual([]);
  expect(review.standing.map(({ code }) => code)).toEqual(["end-required", "reason-required"]);
  expect(reviewVerdict(review)).toBe("narrowing");
});

test("moving an account out of its environment takes no rule away", () => {
  const review = judged(
    'production: { id: "333333333333", environment: production }',
    'production: { id: "333333333333", environment: other }',
  );
  expect(review.standing.map(({ code }) => code)).toContain("end-required");
});

test.each([
  ["the same in other words", RULES.replace("approvals:", "# why\napprovals:"), []],
  ["weaker", RULES.replace("most: 1", "most: 9"), ["widening"]],
  ["removed", undefined, ["widening"]],
  ["broken", "approvls: []", ["unknown"]],
  ["about nobody", RULES.replace("@production", "@prodction"), ["unknown"]],
])("a change of the rules themselves: %s", (_name, text, expected) => {
  const review = judged("ann: {", "ann: {", { after: text === undefined ? "absent" : rulesOf(text) });
  expect(review.changes.map(({ direction }) => direction)).toEqual(expected);
});

test("giving an account another name and environment takes no rule away", () => {
  const renamed = ROSTER.replaceAll(/\bproduction([:,])/g, "live$1").replace(
    "environment: production",
    "environment: prod",
  );
  const [base, head] = [
    rosterOf(ROSTER),
    rosterOf(renamed.replace("ann: { teams: [developers] }", "ann: { teams: [seniors] }")),
  ];
  const rules = rulesOf(
    'approvals: [{ account: production, by: ["@a"] }]\nholders: [{ account: "@production", tier: administrator, most: 1 }]\n',
  );
  const review = reviewOf(
    [],
    judge({ base, head, changes: diffAccess(base, head, NOW), now: NOW, able }, { before: rules, after: rules }),
  );
  expect(review.approvals.map(approvalText)).toContain('1 of "@a" (5 changes)');
  expect(review.findings.map(({ code }) => code)).toContain("too-many-holders");
});

test("a change is judged by the rules of its base alone", () => {
  const weak = rulesOf("holders: [{ tier: administrator, most: 9 }]");
  const review = judged("ann: { teams: [developers] }", "ann: { teams: [seniors] }", { after: weak });
  expect(review.findings.map(({ code }) => code)).toContain("too-many-holders");
});

test("rules of the base that do not hold make everything unknown", () => {
  for (const text of ["approvals: [", "approvals: [{ account: prodction, by: [x] }]", ""]) {
    const review = judged("ann: {", "ann: {", { before: rulesOf(text), after: rulesOf(RULES) });
    expect(reviewVerdict(review)).toBe("unknown");
    expect(review.findings).not.toEqual([]);
  }
});

test.each([
  ["approvls: []", "1:1 unknown-key", 'did you mean "approvals"'],
  ["{}", "1:1 wrong-value", "at least one of approvals, holders, grants"],
  ["", "1:1 empty-roster", "begin with approvals:, holders: or grants:"],
  ["- a", "1:1 not-a-mapping", "holders:"],
  ["approvals: [{ by: [] }]", "1:13 idle-rule", "names nobody"],
  ["approvals: [{ tier: administrator }]", "1:13 missing-key", '"by"'],
  ['approvals: [{ by: ["<b>"] }]', "1:20 wrong-value", "@example/security"],
  ["approvals: [{ by: [a], count: 0 }]", "1:31 wrong-type", "from 1 to 20"],
  ['holders: [{ most: "3" }]', "1:19 wrong-type", "without quotes"],
  ["holders: [{ most: 1.5 }]", "1:19 wrong-type", "whole number"],
  ["grants: [{ tier: operator }]", "1:10 idle-rule", "demands nothing"],
  ["grants: [{ longest: 30 }]", "1:21 wrong-type", "30d"],
  ["grants: [{ until: yes }]", "1:19 wrong-value", "required"],
  ["approvals: [&a { by: [x] }, *a]", "1:13 yaml-anchor", "anchors"],
])("what is wrong with the rules: %s", (text, where, expected) => {
  const rules = rulesOf(text);
  if (rules === "absent" || rules.ok) throw new Error("accepted");
  expect(rules.findings.map(({ place, code }) => `${place.line}:${place.column} ${code}`)).toContain(where);
  expect(rules.findings.map(({ message }) => message).join("\n")).toContain(expected);
});
