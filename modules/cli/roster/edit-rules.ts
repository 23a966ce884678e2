import type { Context } from "../../machine/context";
import { diffAccess } from "../../review/diff-access";
import { type Review, reviewOf } from "../../review/review";
import { judge } from "../../review/rules/judge";
import type { RosterEdit } from "../../roster/edit/change";
import type { Roster } from "../../roster/roster";
import { abilitiesOf, rulesOfFolder } from "../review/review-rules";
import { managedPolicies } from "../proof/proof-data";
import { checkRules } from "./check-rules";

/** What an edit means, by the rules of the working tree; a review goes by those of the base. */
export interface RuledEdit {
  readonly review: Review;
  /** Why nothing is to be written; the review's findings say it in full. */
  readonly refusal?: { readonly why: string; readonly code: number };
  readonly notes: readonly string[];
}

/** Taking access away waits for nothing: rules that do not hold are no reason to keep it. */
const TAKING: readonly RosterEdit["kind"][] = ["revoke", "leave", "remove-person"];

/** Refuses what the rules of the repository forbid outright; whose approval it needs is a part of the review. */
export function ruledEdit(
  context: Context,
  { kind }: RosterEdit,
  { before, after }: { readonly before: Roster; readonly after: Roster },
): RuledEdit {
  const changes = diffAccess(before, after, context.now, managedPolicies(context));
  const rules = rulesOfFolder(context);
  if (rules === "absent") return { review: reviewOf(changes), notes: [] };
  const wrong = checkRules(context, rules, after).filter(({ severity }) => severity === "error");
  if (wrong.length > 0) {
    const why = "the review rules do not hold";
    if (TAKING.includes(kind)) return { review: reviewOf(changes), notes: [`${why}; run rolecall check`] };
    const refusal = { why: `${why}; nothing was written`, code: 2 };
    return { review: reviewOf(changes, { findings: wrong }), refusal, notes: [] };
  }
  const judged = { base: before, head: after, changes, now: context.now, able: abilitiesOf(context) };
  const review = reviewOf([], judge(judged, { before: rules, after: rules }));
  if (review.findings.length === 0 || TAKING.includes(kind)) return { review, notes: [] };
  return { review, refusal: { why: "the review rules forbid it; nothing was written", code: 1 }, notes: [] };
}
