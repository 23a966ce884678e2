import { quote } from "../../text";
import { type AuditCheck, itemsOf } from "../check";

/** Accounts people work in have no users and no groups of their own. */
export const strangers: AuditCheck = ({ accounts }) =>
  accounts
    .filter(({ plan }) => plan.kind === "workload")
    .flatMap((account) => {
      const { finding } = itemsOf("users-outside", account);
      // The check of drift reports an account that was not read.
      if (!account.live.known) return [];
      const { users, groups } = account.live.value;
      const cure = "find out who created it and why, and delete it; people enter through the user account";
      return [
        ...users.map(({ name }) => finding(`the user ${quote(name)} is in an account that has no users`, cure)),
        ...groups.map(({ name }) => finding(`the group ${quote(name)} is in an account that has no users`, cure)),
      ];
    });
