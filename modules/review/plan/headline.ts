import { compareText } from "../../text";
import type { AccessChange } from "../access-change";
import type { PlanReview } from "./review-plans";

/** What the second witness comes to, in one line: loud where it does not say what the roster says. */
export function planHeadline({ covered, disagreements, doubts }: PlanReview): string {
  const which = covered.length === 0 ? "the plans" : `the plans of ${covered.join(", ")}`;
  if (disagreements.length > 0)
    return `THE PLANS DO NOT DO WHAT THE ROSTER SAYS: ${count(disagreements)} in ${accounts(disagreements)}`;
  if (doubts.length > 0) return `${which} cannot say all clear: ${count(doubts)}`;
  return `${which} do what the roster says`;
}

function count(changes: readonly AccessChange[]): string {
  return changes.length === 1 ? "1 thing" : `${changes.length} things`;
}

function accounts(changes: readonly AccessChange[]): string {
  return [...new Set(changes.map(({ account = "all accounts" }) => account))].sort(compareText).join(", ");
}
