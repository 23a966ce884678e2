import { diffLive } from "../../live/compare";
import { type AuditCheck, ifKnown, itemsOf } from "../check";

/** What the account holds of Rolecall's is what the plan says: members, policies, trusts, boundaries, lengths, tags. */
export const drift: AuditCheck = ({ accounts }) =>
  accounts.flatMap((account) => {
    const { finding, unknown } = itemsOf("drift", account);
    return ifKnown(
      account.live,
      (why) => unknown("what the account holds", why),
      (live) =>
        diffLive(account.plan, live).map((line) => finding(line.slice(account.plan.key.length + 2), cureOf(line))),
    );
  });

/** Terraform corrects what it created: not what others created, nor what they attached to a person. */
function cureOf(line: string): string {
  if (line.endsWith("is not in the plan")) return "find out who created it and why; delete it, or add it to the roster";
  if (/: the user .*(policies|groups)/.test(line)) return "run rolecall plan; remove by hand what it does not show";
  return "run rolecall plan, then rolecall apply";
}
