import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { parseCatalogue } from "../../../modules/iam/catalogue";
import { diffAccess } from "../../../modules/review/diff-access";
import { type Review, reviewOf } from "../../../modules/review/review";
import { tierAbilities } from "../../../modules/review/rules/abilities";
import { judge, type RulesOfSide } from "../../../modules/review/rules/judge";
import { parseRules } from "../../../modules/review/rules/rules";
import type { AccessChange } from "../../../modules/review/access-change";
import { rosterOf } from "../../support/roster-text";
import { HOME } from "../../support/run-command";
import { NOW } from "../../support/synth";

const catalogue = parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8"));

export const able = tierAbilities(() => ({ catalogue, managed: new Map(), now: NOW }));

export const rulesOf = (text: string): RulesOfSide => parseRules({ path: "review.yaml", bytes: Buffer.from(text) });

/** A roster and its rules as values; `undefined` rules: there is no such file. */
export interface Side {
  readonly roster: unknown;
  readonly rules: unknown;
}

/** The review of a change by the rosters and the rules, with more changes as policies, code and plans bring them. */
export function judgeSides(before: Side, after: Side, more: readonly AccessChange[] = []): Review {
  const [base, head] = [rosterOf(stringify(before.roster)), rosterOf(stringify(after.roster))];
  const changes = [...diffAccess(base, head, NOW), ...more];
  const rules = { before: sideOf(before.rules), after: sideOf(after.rules) };
  return reviewOf([], judge({ base, head, changes, now: NOW, able }, rules));
}

function sideOf(rules: unknown): RulesOfSide {
  return rules === undefined ? "absent" : rulesOf(typeof rules === "string" ? rules : stringify(rules));
}
