import type { Context } from "../../machine/context";
import { diffAccess } from "../../review/diff-access";
import { type Review, reviewOf } from "../../review/review";
import { judge } from "../../review/rules/judge";
import { Refusal } from "../../refusal";
import type { RosterEdit } from "../../roster/edit/change";
import type { Roster } from "../../roster/roster";
import { abilitiesOf, rulesOfFolder } from "../review/review-rules";
import { managedPolicies } from "../proof/proof-data";
import { checkRules } from "./check-rules";

/** What an edit means, by the rules of the working tree; a review goes by those of the base. */
export interface RuledEdit {
  readonly review: Review;
  readonly notes: readonly string[];
}

/** Taking access away waits for nothing: rules that do not hold are not a reason to keep it. */
const TAKING: readonly RosterEdit["kind"][] = ["revoke", "leave", "remove-person"];

/**
 * What the rules of the repository say of an edit: whose approval it needs is a part of the review. Throws a `Refusal` for what they
 * forbid outright.
 */
export function ruledEdit(
  context: Context,
  { kind }: RosterEdit,
  { before, after }: { readonly before: Roster; readonly after: Roster },
): RuledEdit {
  const taking = TAKING.includes(kind);
  const changes = diffAccess(before, after, context.now, managedPolicies(context));
  const rules = rulesOfFolder(context);
  if (rules === "absent") return { review: reviewOf(changes), notes: [] };
  const wrong = checkRules(context, rules, after).filter(({ severity }) => severity === "error");
  if (wrong.length > 0 && taking)
    return { review: reviewOf(changes), notes: ["the review rules do not hold; run rolecall check"] };
  if (wrong.length > 0) throw new Refusal("the review rules do not hold; nothing was written", { findings: wrong });
  const judged = { base: before, head: after, changes, now: context.now, able: abilitiesOf(context) };
  const review = reviewOf([], judge(judged, { before: rules, after: rules }));
  if (review.findings.length > 0 && !taking)
    throw new Refusal("the review rules forbid it; nothing was written", { findings: review.findings, exit: 1 });
  return { review, notes: [] };
}
