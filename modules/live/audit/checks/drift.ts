import { diffLive } from "../../compare";
import { type AuditCheck, ifKnown, itemsOf } from "../check";

/** What the account holds of Rolecall's is what the plan says: members, policies, trusts, boundaries, lengths, tags. */
export const drift: AuditCheck = ({ accounts }) =>
  accounts.flatMap((account) => {
    const { finding, unknown } = itemsOf("drift", account);
    return ifKnown(
      account.live,
      (why) => unknown("what the account holds", why),
      (live) =>
        diffLive(account.plan, live).map((line) =>
          finding(line.slice(account.plan.key.length + 2), "see rolecall plan; applying puts it right"),
        ),
    );
  });
