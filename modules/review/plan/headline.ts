import { compareText } from "../../text";
import type { AccessChange } from "../access-change";
import type { PlanReview } from "./review-plans";
import { countOf } from "../../words";

/** What the second witness comes to, in one line: loud where it does not say what the roster says. */
export function planHeadline({ covered, disagreements, doubts, besides }: PlanReview): string {
  const one = covered.length === 1;
  const which = one ? `the plan of ${covered[0]}` : `the plans of ${several(covered)}`;
  const more = besides.filter(({ direction }) => direction !== "neutral");
  if (disagreements.length > 0)
    return `PLAN AND ROSTER DISAGREE: ${things(disagreements)} in ${accounts(disagreements)}`;
  if (doubts.length > 0) return `${covered.length === 0 ? "the plans" : which} cannot be trusted: ${things(doubts)}`;
  const agree = `${which} ${one ? "does" : "do"} what the roster says`;
  return more.length === 0 ? agree : `${agree}, and also ${things(more)}`;
}

function things({ length }: readonly AccessChange[]): string {
  return countOf(length, "thing", "things");
}

function accounts(changes: readonly AccessChange[]): string {
  return several([...new Set(changes.map(({ account = "all accounts" }) => account))].sort(compareText));
}

/** A line has room for a few names. */
function several(names: readonly string[]): string {
  return names.length > 6 ? `${names.length} accounts` : names.join(", ");
}
