import { quote } from "../../text";
import { isoSeconds, revocationEnds } from "../../iam/revocation";
import { type AuditCheck, itemsOf } from "../check";

/** Denials of sessions that offboardings left: they stay until no session can live any more, and no longer. */
export const revocations: AuditCheck = ({ accounts, now }) =>
  accounts.flatMap((account) => {
    const { finding, note } = itemsOf("ended-sessions", account);
    return account.revocations.map(({ roleName, policyName, revocation }) => {
      const what = `${quote(policyName)} of ${quote(roleName)}`;
      if (revocation === undefined)
        return finding(`the content of ${what} is not what an offboarding writes`, "check it, and delete it by hand");
      const ends = revocationEnds(revocation);
      return ends.getTime() <= now.getTime()
        ? finding(`${what} is no longer needed`, "run rolecall offboard --finish")
        : note(
            `${what} ends sessions until ${isoSeconds(ends)}`,
            "apply nothing in this account until then: it would remove the denial",
          );
    });
  });
