import { sortChanges } from "../../review/access-change";
import { type Review, reviewOf, reviewVerdict } from "../../review/review";
import { changeForMachines } from "../../review/json";
import { planHeadline } from "../../review/plan/headline";
import type { StackResult } from "../../terraform/run/stack-run";
import type { Context } from "../../machine/context";
import { withWitness } from "../../review/plan/witness";
import { Refusal } from "../../refusal";
import { reviewReadPlans } from "../review/review-plans";
import { readRoster } from "../roster/read-roster";
import { readSavedPlans } from "./saved-plans";

/** Plans just made, and what they were made from. */
export interface MadePlans {
  /** Folder of the saved plans. */
  readonly plans: string;
  readonly results: readonly StackResult[];
  readonly roster?: string | undefined;
  /** They remove everything, which is never what the roster says. */
  readonly destroys?: boolean;
  /** The role of every account that they were made with. */
  readonly as?: string | undefined;
}

/** What plans do to access. */
export interface PlansAccess {
  /** Absent where nothing changes, or where it cannot be known. */
  readonly review?: Review | undefined;
  /** Why it cannot be known. */
  readonly doubts: readonly string[];
}

/**
 * What plans with changes do to access, by the same review as everywhere: in AWS as it is now, and whether that is what the roster
 * says.
 */
export async function accessOfPlans(context: Context, made: MadePlans): Promise<PlansAccess> {
  const changed = made.results.filter(({ outcome }) => outcome === "changes").map(({ stack }) => stack);
  if (changed.length === 0) return { doubts: [] };
  const roster = await readRoster(context, made.roster);
  if (!roster.ok) return { doubts: [doubt("the roster does not hold")] };
  const saved = await readSavedPlans(context, made.plans, changed);
  const plans = saved.flatMap(({ file, plan }) => (plan.known ? [{ file, plan: plan.value }] : []));
  const unread = saved.flatMap(({ plan }) => (plan.known ? [] : [doubt(plan.reason)]));
  if (unread.length > 0) return { doubts: unread };
  const witness = witnessOrReason(() =>
    reviewReadPlans(context, plans, { base: "none", head: roster.value, as: made.as }),
  );
  if (typeof witness === "string") return { doubts: [doubt(witness)] };
  const review = made.destroys
    ? reviewOf(sortChanges([...witness.planned, ...witness.besides]))
    : reviewOf(withWitness([], witness), { headlines: [planHeadline(witness)] });
  return { review, doubts: [] };
}

function witnessOrReason<T>(review: () => T): T | string {
  try {
    return review();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function doubt(reason: string): string {
  return `what the plans change in access is not known: ${reason}`;
}

/** For machines. */
export function accessJson(access: Review): object {
  const { changes, headlines } = access;
  return { verdict: reviewVerdict(access), headlines, changes: changes.map(changeForMachines) };
}
