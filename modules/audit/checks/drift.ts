import { differenceText, diffLive, type LiveDifference } from "../../live/compare";
import { type AuditCheck, ifKnown, itemsOf } from "../check";

/** What the account holds of Rolecall's is what the plan says: members, policies, trusts, boundaries, lengths, tags. */
export const drift: AuditCheck = ({ accounts }) =>
  accounts.flatMap((account) => {
    const { finding, unknown } = itemsOf("drift", account);
    return ifKnown(
      account.live,
      (why) => unknown("what the account holds", why),
      (live) => diffLive(account.plan, live).map((found) => finding(differenceText(found), cureOf(found))),
    );
  });

/** Terraform corrects what it created: not what others created, nor what they attached to a person. */
function cureOf(found: LiveDifference): string {
  if (found.kind === "unplanned") return "find out who created it and why; delete it, or add it to the roster";
  if (found.kind === "changed" && found.subject?.type === "user" && BY_OTHERS.has(found.property))
    return "run rolecall plan; remove by hand what it does not show";
  return "run rolecall plan, then rolecall apply";
}

/** What others can give a user, and no list of Terraform's takes away. */
const BY_OTHERS: ReadonlySet<string> = new Set(["groups", "inlinePolicies", "attachedPolicies"]);
