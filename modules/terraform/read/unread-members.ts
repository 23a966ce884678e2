import { quote } from "../../text";
import type { PlannedChange } from "./plan-changes";

/** A membership that begins in a group which is there already. */
interface UnreadMembers {
  readonly change: PlannedChange;
  readonly group: string;
}

/**
 * Groups that exist while their membership is new to Terraform: creating it adds its members and takes nobody out, and who was in
 * the group before is found with the next plan only (seen with provider 5.100).
 */
export function unreadMembers(changes: readonly PlannedChange[]): readonly UnreadMembers[] {
  return changes.flatMap((change) => {
    const { type, actions, accountId, after } = change;
    const { group } = after;
    if (type !== "aws_iam_group_membership" || actions.join() !== "create" || typeof group !== "string") return [];
    const isNew = changes.some(
      (other) =>
        other.type === "aws_iam_group" &&
        other.accountId === accountId &&
        other.after["name"] === group &&
        other.actions.includes("create"),
    );
    if (isNew) return [];
    return [{ change, group }];
  });
}

/** What that means for access. */
export function unreadMembersText(group: string): string {
  return `group ${quote(group)} already exists; members added elsewhere stay in it until the plan after this apply`;
}
