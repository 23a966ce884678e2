import { holdersOf } from "../../access/holding-index";
import { holdingsOf } from "../../access/holdings";
import { PROTECTED_PATH } from "../../access/names";
import { quote } from "../../text";
import { type AuditCheck, itemsOf } from "../check";
import { daysBetween } from "../facts";

/** A role that people hold and nobody takes is worth a question: a grant that ends may be enough. It is not wrong. */
export const unusedRoles: AuditCheck = ({ accounts, roster, now, limits }) => {
  const holders = holdersOf(holdingsOf(roster, now));
  return accounts.flatMap((account) => {
    const { note, unknown } = itemsOf("roles", account);
    if (account.plan.kind !== "workload") return [];
    if (!account.roles.known) return [unknown("when roles were last used", account.roles)];
    return account.roles.value
      .filter(({ path }) => path === PROTECTED_PATH)
      .flatMap(({ name, created, lastUsed }) => {
        const days = daysBetween(lastUsed ?? created, now);
        const people = holders(account.plan.key, name).size;
        if (people === 0 || days <= limits.unusedDays) return [];
        const who = people === 1 ? "one person holds it" : `${people} people hold it`;
        return [
          note(`nobody has taken ${quote(name)} for ${days} days, and ${who}`, "consider a grant that ends instead"),
        ];
      });
  });
};
