import type { AccountDocuments } from "../../iam/account-documents";
import { documentsOf, type Partitions } from "./iam-resources";
import type { TerraformPlan } from "./read-plan";
import { unreadMembers } from "./unread-members";
import { withUnknowns } from "./with-unknowns";

/**
 * What will be there after the apply of all these plans together. A value known only after the apply makes its account
 * unknown, and so does whatever makes a plan less than the whole truth.
 */
export function plannedDocuments(plans: readonly TerraformPlan[]): readonly AccountDocuments[] {
  const accounts = documentsOf(
    plans.flatMap(({ after }) => after),
    [...new Set(plans.flatMap(({ accountIds }) => accountIds))],
    partitionsOf(plans),
  );
  const doubts = plans.flatMap(({ accountIds: ids, doubts, rest, changes }) =>
    [...doubts, ...rest, ...unreadMembers(changes).map(({ sentence }) => sentence)].map((text) => ({
      text: `the plan: ${text}`,
      ids,
    })),
  );
  return withUnknowns(accounts, doubts);
}

export function partitionsOf(plans: readonly Pick<TerraformPlan, "partitions">[]): Partitions {
  return new Map(plans.flatMap(({ partitions }) => [...partitions]));
}
