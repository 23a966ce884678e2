import type { LockedProvider } from "../../iam/stack-setup";
import type { AccessClaims } from "../../proof/claims";
import type { Roster } from "../../roster/roster";
import { type AccessChange, changeKey, sortChanges } from "../access-change";
import { diffKnown } from "../effective/diff-known";
import { compiledDocuments, type ReviewedRosters, type ReviewSources } from "../reviewed";
import type { NamedPlan } from "./coverage";
import { heldToClaims } from "./held-to-claims";
import { type PlanReview, reviewPlans } from "./review-plans";
import { correctLeavers } from "./said-leavers";

/** What plans are held against besides the rosters. */
export interface PlanClaims {
  readonly claims: AccessClaims;
  readonly lock: readonly LockedProvider[];
}

/** The plans next to the rosters: what their apply will really do, and whether that is what the roster says. */
export function witnessOf(
  plans: readonly NamedPlan[],
  { base, head }: ReviewedRosters,
  { claims, lock }: PlanClaims,
  { now, catalogue, managed: read }: ReviewSources,
): PlanReview {
  const after = compiledDocuments(head, now);
  const before = base === "none" ? undefined : base === "absent" ? [] : compiledDocuments(base, now);
  const keys = new Map([...(typeof base === "string" ? [] : accountsOf(base)), ...accountsOf(head)]);
  const managed = read();
  const rights = { keys, catalogue: catalogue(), managed, now };
  const witness = { keys, head: after, ...(before && { base: before }) };
  const review = reviewPlans(plans, witness, (one, other) => diffKnown(one, other, rights));
  return heldToClaims(review, plans, { claims, lock, managed });
}

/** All that a review says: without a base what the plans do takes the place of what the roster says. */
export function withWitness(said: readonly AccessChange[], witness: PlanReview): readonly AccessChange[] {
  const { doubts, disagreements, besides, planned, held, users } = witness;
  const own = held === "change" ? correctLeavers(said, users) : planned;
  return sortChanges([...doubts, ...disagreements, ...own, ...besides]);
}

/** The witness without what the roster says too. */
export function besidesOf(said: readonly AccessChange[], witness: PlanReview): PlanReview {
  const known = new Set(said.map(changeKey));
  return { ...witness, besides: witness.besides.filter((change) => !known.has(changeKey(change))) };
}

function accountsOf({ userAccount, accounts }: Roster): readonly (readonly [string, string])[] {
  return [userAccount, ...accounts].map(({ id, key }) => [id, key] as const);
}
