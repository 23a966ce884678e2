import { compileAccess } from "../../access/compile";
import { accessDocuments } from "../../access/plan-documents";
import { formatFinding } from "../../finding";
import type { AccountDocuments } from "../../iam/account-documents";
import { type AccessChange, changeKey, sortChanges } from "../../review/access-change";
import { diffKnown } from "../../review/effective/diff-known";
import type { NamedPlan } from "../../review/plan/coverage";
import { type PlanReview, reviewPlans } from "../../review/plan/review-plans";
import { heldToClaims } from "../../review/plan/held-to-claims";
import { correctLeavers } from "../../review/plan/said-leavers";
import type { Roster } from "../../roster/roster";
import type { Context } from "../../machine/context";
import { claimsOf, managedPolicies, readCatalogue, readReviewedLock } from "../proof/proof-data";
import { readGivenPlans } from "../stacks/given-plans";

/** What the plans are held against. */
export interface ReviewedRosters {
  /** `none`: the end of the plans alone is held against the head. `absent`: the base has no roster, so everything is new. */
  readonly base: Roster | "none" | "absent";
  readonly head: Roster;
  /** The role of every account that the plans were made with, instead of the deploy roles. */
  readonly as?: string | undefined;
}

/** The plans in files, or in folders of `rolecall plan`, beside the rosters, or undefined with the reasons on standard error. */
export async function reviewPlanFiles(
  context: Context,
  files: readonly string[],
  rosters: ReviewedRosters,
): Promise<PlanReview | undefined> {
  const plans = await readPlans(context, files);
  return plans && reviewReadPlans(context, plans, rosters);
}

/** The same of plans that were read already. */
export function reviewReadPlans(
  context: Context,
  plans: readonly NamedPlan[],
  { base, head, as }: ReviewedRosters,
): PlanReview | undefined {
  const after = documentsOf(context, head);
  const before = base === "none" ? undefined : base === "absent" ? [] : documentsOf(context, base);
  if (after === undefined || (base !== "none" && before === undefined)) return undefined;
  const keys = new Map([...(typeof base === "string" ? [] : accountsOf(base)), ...accountsOf(head)]);
  const witness = { keys, head: after, ...(before && { base: before }) };
  const managed = managedPolicies(context);
  const rights = { keys, catalogue: readCatalogue(context), managed, now: context.now };
  const review = reviewPlans(plans, witness, (one, other) => diffKnown(one, other, rights));
  return heldToClaims(review, plans, { claims: claimsOf(context, head, as), lock: readReviewedLock(context), managed });
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

/** Every file's trouble in one run. */
async function readPlans(context: Context, files: readonly string[]): Promise<readonly NamedPlan[] | undefined> {
  const all = await readGivenPlans(context, files);
  const plans = all.flatMap(({ file, plan }) => (plan.known ? [{ file, plan: plan.value }] : []));
  for (const { plan } of all) if (!plan.known) context.stderr(`${plan.reason}\n`);
  return plans.length === all.length ? plans : undefined;
}

function documentsOf(context: Context, roster: Roster): readonly AccountDocuments[] | undefined {
  const access = compileAccess(roster, context.now);
  if (access.ok) return accessDocuments(access.value);
  for (const finding of access.findings) context.stderr(`${formatFinding(finding)}\n`);
  return undefined;
}

function accountsOf({ userAccount, accounts }: Roster): readonly (readonly [string, string])[] {
  return [userAccount, ...accounts].map(({ id, key }) => [id, key] as const);
}
