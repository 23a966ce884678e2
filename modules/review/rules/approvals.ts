import { compareText, quote } from "../../text";
import type { AccessChange } from "../access-change";
import type { ApprovalRule, ReviewRules } from "./rules";
import { type Meaning, means } from "./scope";
import { countOf } from "../../words";

/** Whose approval a change needs; `by` is empty where no rule says it. */
export interface Approval {
  /** Each of them may approve. Sorted. */
  readonly by: readonly string[];
  readonly count: number;
  /** How many changes ask for it. */
  readonly changes: number;
}

/** Every approval the changes ask for, by the rules of the base; more access that no rule means is said, too. */
export function approvalsFor(
  changes: readonly AccessChange[],
  rules: ReviewRules,
  meaning: Meaning,
): readonly Approval[] {
  const found = new Map<string, Approval>();
  const ask = (by: readonly string[], count: number) => {
    const sorted = [...new Set(by)].sort(compareText);
    const key = JSON.stringify([sorted, count]);
    found.set(key, { by: sorted, count, changes: (found.get(key)?.changes ?? 0) + 1 });
  };
  for (const change of changes) {
    const asking = rules.approvals.filter((rule) => concerns(rule, change) && means(rule, change, meaning));
    for (const { by, count } of uniqueBy(asking)) ask(by, count);
    if (asking.length === 0 && widens(change)) ask([], 0);
  }
  return [...found.values()].sort((a, b) => b.changes - a.changes || compareText(a.by.join(), b.by.join()));
}

function widens({ direction }: AccessChange): boolean {
  return direction === "widening" || direction === "unknown";
}

/** What cannot be judged may be either. */
function concerns(rule: ApprovalRule, change: AccessChange): boolean {
  if (change.direction === "neutral") return false;
  if (change.direction === "unknown") return true;
  return rule.direction === "any" || (rule.direction === "widening") === widens(change);
}

/** Two rules that ask the same people for the same number ask once. */
function uniqueBy(rules: readonly ApprovalRule[]): readonly ApprovalRule[] {
  return [
    ...new Map(rules.map((rule) => [JSON.stringify([[...rule.by].sort(compareText), rule.count]), rule])).values(),
  ];
}

/** `2 of "@example/security" (3 changes)`. */
export function approvalText({ by, count, changes }: Approval): string {
  const many = countOf(changes, "change", "changes");
  if (by.length === 0) return `no rule says who must approve (${many})`;
  return `${count} of ${by.map(quote).join(", ")} (${many})`;
}
