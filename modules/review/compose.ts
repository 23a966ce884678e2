import { type AccessChange, sortChanges } from "./access-change";
import { codeChanges } from "./code/code-changes";
import type { CodeFile } from "./code/judge-files";
import { diffAccess, diffFromNothing } from "./diff-access";
import { policyChanges, type SynthesizedSide } from "./documents/policy-changes";
import type { NamedPlan } from "./plan/coverage";
import { planHeadline } from "./plan/headline";
import { besidesOf, type PlanClaims, witnessOf, withWitness } from "./plan/witness";
import { type Review, reviewOf } from "./review";
import { abilitiesFrom, type ReviewedRosters, type ReviewSources } from "./reviewed";
import { judge, type RulesOfSide } from "./rules/judge";

/** Everything a review is given, read already. */
export interface ReviewInput {
  readonly rosters: ReviewedRosters;
  /** Code that differs between the sides; `unknown` where git cannot tell. Absent without a base. */
  readonly code?: readonly CodeFile[] | "unknown" | undefined;
  readonly synthesized?: { readonly base: SynthesizedSide; readonly head: SynthesizedSide } | undefined;
  readonly plans?: { readonly plans: readonly NamedPlan[]; readonly against: PlanClaims } | undefined;
  /** The rules of both sides; absent without a base, because those of a change are not to be trusted with it. */
  readonly rules?: { readonly before: RulesOfSide; readonly after: RulesOfSide } | undefined;
  /** Rules that are no longer where they were. */
  readonly moved?: readonly AccessChange[] | undefined;
}

/** Who gains and loses what, judged by the rules of the base. Pure; nothing of either side runs. */
export function composeReview(input: ReviewInput, sources: ReviewSources): Review {
  const found = findChanges(input, sources);
  const { rosters, rules, moved = [] } = input;
  if (rules === undefined) return reviewOf(found.changes, found);
  const { base, head } = rosters;
  const judged = {
    head,
    changes: [...found.changes, ...moved],
    now: sources.now,
    able: abilitiesFrom(sources),
    ...(typeof base === "object" && { base }),
  };
  return reviewOf([], { ...found, ...judge(judged, rules) });
}

/** What changes, and what is said before it. */
function findChanges(input: ReviewInput, sources: ReviewSources): Pick<Review, "changes" | "headlines"> {
  const { rosters, plans } = input;
  const said = sortChanges([
    ...rosterChanges(rosters, sources),
    ...documentChanges(input, sources),
    ...(input.code === undefined
      ? []
      : codeChanges(input.code === "unknown" ? undefined : input.code, input.synthesized !== undefined)),
  ]);
  if (plans === undefined) return { changes: said, headlines: [] };
  const witness = besidesOf(said, witnessOf(plans.plans, rosters, plans.against, sources));
  return { changes: withWitness(said, witness), headlines: [planHeadline(witness)] };
}

function rosterChanges({ base, head }: ReviewedRosters, { now, managed }: ReviewSources): readonly AccessChange[] {
  if (base === "none") return [];
  return base === "absent" ? diffFromNothing(head, now, managed()) : diffAccess(base, head, now, managed());
}

/** Policies are compared with a base only; who is new with the first roster gets what its tiers say. */
function documentChanges(
  { rosters: { base, head }, synthesized }: ReviewInput,
  sources: ReviewSources,
): readonly AccessChange[] {
  return typeof base === "string" ? [] : policyChanges({ base, head }, synthesized, sources);
}
