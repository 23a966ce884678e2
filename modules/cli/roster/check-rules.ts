import type { Finding } from "../../finding";
import type { Context } from "../../machine/context";
import { breachesOf, newBreaches } from "../../review/rules/breaches";
import type { RulesOfSide } from "../../review/rules/judge";
import { ruleFindings } from "../../review/rules/rule-findings";
import { meaningIn } from "../../review/rules/scope";
import type { Roster } from "../../roster/roster";
import { abilitiesOf } from "../review/review-rules";

/**
 * What is wrong with the rules for a roster, as errors, and what the roster breaks of them, as warnings: a review fails only what
 * gets worse. Without a roster that holds, only what is wrong with the rules by themselves.
 */
export function checkRules(context: Context, rules: RulesOfSide, roster: Roster | undefined): readonly Finding[] {
  if (rules === "absent") return [];
  if (!rules.ok || roster === undefined) return rules.findings;
  const meaning = meaningIn([roster], abilitiesOf(context));
  const wrong = ruleFindings(rules.value, meaning);
  if (wrong.length > 0) return wrong;
  const broken = breachesOf(roster, rules.value, context.now, meaning);
  return newBreaches(broken, broken).standing;
}
