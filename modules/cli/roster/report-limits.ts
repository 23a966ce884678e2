import type { Finding } from "../../finding";
import type { Limit } from "../../report/picture/totals";
import type { RulesOfSide } from "../../review/rules/judge";
import type { Abilities } from "../../review/rules/abilities";
import { ruleFindings } from "../../review/rules/rule-findings";
import { meaningIn, means } from "../../review/rules/scope";
import type { Roster } from "../../roster/roster";

/**
 * How many people the repository's rules let hold which tier where, or what is wrong with the rules. A limit for all tiers that
 * allow something is one for each of them.
 */
export function limitsOf(
  rules: RulesOfSide,
  rosters: readonly Roster[],
  able: Abilities,
): { readonly limits: readonly Limit[] } | { readonly wrong: readonly Finding[] } {
  if (rules === "absent") return { limits: [] };
  const meaning = meaningIn(rosters, able);
  const wrong = rules.ok ? ruleFindings(rules.value, meaning) : rules.findings;
  if (!rules.ok || wrong.length > 0) return { wrong };
  const cells = rosters.flatMap(({ accounts, tiers }) =>
    accounts.flatMap(({ key: account }) => tiers.map(({ key: tier }) => ({ account, tier }))),
  );
  const limits = rules.value.holders.flatMap((rule) =>
    cells.filter((cell) => means(rule, cell, meaning)).map((cell): Limit => ({ ...cell, max: rule.most })),
  );
  return { limits };
}
