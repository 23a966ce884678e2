import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import type { NamedPlan } from "../../review/plan/coverage";
import type { PlanReview } from "../../review/plan/review-plans";
import { type PlanClaims, witnessOf } from "../../review/plan/witness";
import type { ReviewedRosters } from "../../review/reviewed";
import type { Roster } from "../../roster/roster";
import { claimsOf, readReviewedLock } from "../proof/proof-data";
import { readGivenPlans } from "../stacks/given-plans";
import { reviewSources } from "./sources";

/** Plans in files, or in folders of `rolecall plan`. Throws a `Refusal` with a reason for each that cannot be read. */
export async function expectPlans(context: Context, files: readonly string[]): Promise<readonly NamedPlan[]> {
  const all = await readGivenPlans(context, files);
  const reasons = all.flatMap(({ plan }) => (plan.known ? [] : [plan.reason]));
  if (reasons.length > 0) throw new Refusal(reasons);
  return all.flatMap(({ file, plan }) => (plan.known ? [{ file, plan: plan.value }] : []));
}

/** What plans are held against, made `as` this role of every account instead of the deploy roles. */
export function planClaims(context: Context, head: Roster, as: string | undefined): PlanClaims {
  return { claims: claimsOf(context, head, as), lock: readReviewedLock(context) };
}

/** The review of plans that were read already. Throws a `Refusal` where a roster does not compile. */
export function reviewReadPlans(
  context: Context,
  plans: readonly NamedPlan[],
  { as, ...rosters }: ReviewedRosters & { readonly as?: string | undefined },
): PlanReview {
  return witnessOf(plans, rosters, planClaims(context, rosters.head, as), reviewSources(context));
}
