import type { AccountDocuments } from "../../iam/account-documents";
import type { LockedProvider } from "../../iam/stack-setup";
import type { Breach } from "../../proof/checks/breach";
import type { ManagedPolicies } from "../../proof/checks/compiled-account";
import type { AccessClaims } from "../../proof/claims";
import { guardChecks, structureChecks } from "../../proof/structure";
import { guardsOf } from "../../terraform/read/account-guards";
import { documentsOf } from "../../terraform/read/iam-resources";
import { partitionsOf } from "../../terraform/read/plan-documents";
import { type AccessChange, planDiffers, sortChanges } from "../access-change";
import type { NamedPlan } from "./coverage";
import type { PlanReview } from "./review-plans";
import { setupDoubts } from "./setup-doubts";

/** What a proof of plans holds them against. */
export interface HeldAgainst {
  readonly claims: AccessClaims;
  readonly lock: readonly LockedProvider[];
  readonly managed: ManagedPolicies;
}

/**
 * The review with everything that `prove --plan` would find wrong with the same plans without evaluating a policy, so that the
 * two cannot say different things. What evaluation finds, the review finds by comparing what people can do.
 */
export function heldToClaims(review: PlanReview, plans: readonly NamedPlan[], against: HeldAgainst): PlanReview {
  const { claims, lock } = against;
  const doubts = [...review.doubts, ...setupDoubts(plans, claims, lock)];
  const differing = new Set(review.disagreements.map(({ account }) => account));
  const guards = guardBreaches(plans, claims).filter(
    (breach) => !(isOfMembers(breach) && differing.has(breach.account)),
  );
  const covered = new Set([...review.disagreements, ...doubts, ...review.besides].map(({ account }) => account));
  // The names of what exists are compared in the review's own words; where those found nothing, the proof's are said.
  const rest = structureBreaches(plans, against).filter(({ account }) => !covered.has(account));
  const disagreements = [
    ...review.disagreements,
    ...[...guards, ...rest].map((breach) => disagreement(breach, claims)),
  ];
  return { ...review, doubts: sortChanges(doubts), disagreements: sortChanges(disagreements) };
}

/** Who is in a group is compared by name already. */
function isOfMembers({ claim, list }: Breach): boolean {
  return (claim === "list-narrower" || claim === "list-wider") && list === "members";
}

function guardBreaches(plans: readonly NamedPlan[], claims: AccessClaims): readonly Breach[] {
  const { resources, ids, documents } = endOf(plans);
  const checks = [...guardChecks({ claims, documents, guards: guardsOf(resources, ids) })];
  return checks.flatMap(({ breaches }) => breaches);
}

/** That accounts have no plan here, and what cannot be judged in a plan, is said by the review itself. */
const SAID: ReadonlySet<string> = new Set(["account-missing", "not-judged"]);

function structureBreaches(plans: readonly NamedPlan[], { claims, managed }: HeldAgainst): readonly Breach[] {
  const known = new Set([claims.userAccount, ...claims.accounts].map(({ id }) => id));
  const documents = endOf(plans).documents.filter(({ id }) => known.has(id));
  const checks = [...structureChecks({ claims, documents, managed })];
  return checks.flatMap(({ breaches }) => breaches.filter(({ claim }) => !SAID.has(claim)));
}

interface End {
  readonly resources: NamedPlan["plan"]["after"];
  readonly ids: readonly string[];
  readonly documents: readonly AccountDocuments[];
}

/** What the accounts of the plans are after all of them; a plan that ended in an error shows no end. */
function endOf(plans: readonly NamedPlan[]): End {
  const usable = plans.map(({ plan }) => plan).filter(({ errored }) => !errored);
  const resources = usable.flatMap(({ after }) => after);
  const ids = [...new Set(usable.flatMap(({ accountIds }) => accountIds))];
  return { resources, ids, documents: documentsOf(resources, ids, partitionsOf(usable)) };
}

/** Of these nobody gets more; what the plan does is unknown, because it is not what the roster says. */
const LESS: ReadonlySet<string> = new Set(["list-narrower", "policy-missing", "member-missing", "holder-missing"]);

function disagreement({ claim, account, message, verdict, place }: Breach, claims: AccessClaims): AccessChange {
  const isKnown = [claims.userAccount, ...claims.accounts].some(({ key }) => key === account);
  const isUnknown = verdict === "unknown" || claim === "list-unknown" || LESS.has(claim);
  return planDiffers("after", {
    direction: isUnknown ? "unknown" : "widening",
    kind: "claim-broken",
    account: isKnown ? account : undefined,
    claim,
    reason: message,
    place,
  });
}
