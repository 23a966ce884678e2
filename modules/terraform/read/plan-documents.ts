import type { AccountDocuments } from "../../iam/account-documents";
import { quote } from "../../text";
import { documentsOf, type Partitions } from "./iam-resources";
import type { PlannedChange } from "./plan-changes";
import type { TerraformPlan } from "./read-plan";
import { unreadMembers, unreadMembersText } from "./unread-members";
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
    [
      ...doubts,
      ...rest,
      ...unreadMembers(changes).map(({ group }) => unreadMembersText(group)),
      ...forgotten(changes),
    ].map((text) => ({
      text: `the plan: ${text}`,
      ids,
    })),
  );
  return withUnknowns(accounts, doubts);
}

export function partitionsOf(plans: readonly Pick<TerraformPlan, "partitions">[]): Partitions {
  return new Map(plans.flatMap(({ partitions }) => [...partitions]));
}

/** What the apply leaves as it is, and no later one puts right. */
function forgotten(changes: readonly PlannedChange[]): readonly string[] {
  return changes
    .filter(({ actions }) => actions.includes("forget"))
    .map(({ address }) => `${quote(address)} stays in AWS and leaves Terraform's control`);
}
