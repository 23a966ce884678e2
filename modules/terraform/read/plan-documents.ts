import type { AccountDocuments } from "../../iam/account-documents";
import { documentsOf } from "./iam-resources";
import type { TerraformPlan } from "./read-plan";

/**
 * What will be there after the apply of all these plans together. A value known only after the apply makes its account
 * unknown, and so does whatever makes a plan less than the whole truth.
 */
export function plannedDocuments(plans: readonly TerraformPlan[]): readonly AccountDocuments[] {
  const [first, ...rest] = documentsOf(
    plans.flatMap(({ after }) => after),
    [...new Set(plans.flatMap(({ accountIds }) => accountIds))],
  );
  const doubts = plans.flatMap((plan) => plan.doubts).map((doubt) => `the plan: ${doubt}`);
  if (first === undefined) return doubts.length === 0 ? [] : [nothing(doubts)];
  return [{ ...first, unknowns: [...first.unknowns, ...doubts] }, ...rest];
}

function nothing(unknowns: readonly string[]): AccountDocuments {
  return { id: "unknown", users: [], groups: [], roles: [], policies: new Map(), unknowns };
}
