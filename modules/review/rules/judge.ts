import { type Checked, type Finding, formatFinding, type Place } from "../../finding";
import type { Roster } from "../../roster/roster";
import { stableJson } from "../../text";
import { type AccessChange, sortChanges } from "../access-change";
import type { Review } from "../review";
import { approvalsFor } from "./approvals";
import { breachesOf, newBreaches } from "./breaches";
import { NO_RULES, type ReviewRules } from "./rules";
import type { Abilities } from "./abilities";
import { ruleFindings } from "./rule-findings";
import { meaningIn, type Meaning } from "./scope";
import { scopeChanges } from "./scope-changes";

/** The rules of one side; `absent`: it has no such file. */
export type RulesOfSide = Checked<ReviewRules> | "absent";

/** What the rules are held against. Without a base roster everything of the head is new. */
export interface Judged {
  readonly base?: Roster;
  readonly head: Roster;
  readonly changes: readonly AccessChange[];
  readonly now: Date;
  /** What tiers can do; asked only where a rule or a changed tier makes it matter. */
  readonly able: Abilities;
}

/** Where the rules are, below the project folder. */
export const RULES_FILE = "review.yaml";

/**
 * The review by the rules of the base: a change cannot weaken the rules it is judged by. What it does to the rules themselves, or
 * to what they are about, is one of its changes. Rules that do not hold, on either side, make everything unknown.
 */
export function judge(
  { base, head, changes, now, able }: Judged,
  { before, after }: { readonly before: RulesOfSide; readonly after: RulesOfSide },
): Pick<Review, "changes" | "findings" | "standing" | "approvals"> {
  const both = meaningIn(base ? [base, head] : [head], able);
  const read = rulesOf(before, both);
  const left = findingsOf(after, meaningIn([head], able), base);
  const all = sortChanges([
    ...changes,
    ...doubt(read.findings),
    ...(base ? scopeChanges(read.rules, { base, head, now }, both) : []),
    ...changedRules(before, after, left),
  ]);
  const broken = base ? breachesOf(base, read.rules, now, meaningIn([base], able)) : [];
  const { fresh, standing } = newBreaches(breachesOf(head, read.rules, now, both), broken);
  return {
    changes: all,
    findings: unique([...read.findings, ...left, ...fresh]),
    standing,
    approvals: approvalsFor(all, read.rules, both),
  };
}

function rulesOf(side: RulesOfSide, meaning: Meaning): { rules: ReviewRules; findings: readonly Finding[] } {
  return { rules: side !== "absent" && side.ok ? side.value : NO_RULES, findings: findingsOf(side, meaning) };
}

function findingsOf(side: RulesOfSide, meaning: Meaning, before?: Roster): readonly Finding[] {
  if (side === "absent") return [];
  return side.ok ? ruleFindings(side.value, meaning, before) : side.findings;
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()];
}

function doubt(findings: readonly Finding[]): readonly AccessChange[] {
  const place = findings[0]?.place;
  if (place === undefined) return [];
  return [{ direction: "unknown", kind: "rules-broken", side: "base", place }];
}

/** Any change of the rules counts as more access: whether they got weaker is for who approves to say. */
function changedRules(before: RulesOfSide, after: RulesOfSide, [broken]: readonly Finding[]): readonly AccessChange[] {
  if (after === "absent")
    return before === "absent" ? [] : [{ direction: "widening", kind: "rules-removed", place: FIRST_LINE }];
  if (broken) {
    const { message: reason, place } = broken;
    return [{ direction: "unknown", kind: "rules-broken", side: "head", reason, place }];
  }
  if (before === "absent") return [{ direction: "neutral", kind: "rules-set", place: FIRST_LINE }];
  if (!before.ok || !after.ok || meaning(before.value) === meaning(after.value)) return [];
  return [{ direction: "widening", kind: "rules-changed", place: FIRST_LINE }];
}

const FIRST_LINE: Place = { file: RULES_FILE, line: 1, column: 1 };

/** Rules without their places. */
function meaning(rules: ReviewRules): string {
  return stableJson(JSON.parse(JSON.stringify(rules, (key, value: unknown) => (key === "place" ? undefined : value))));
}
