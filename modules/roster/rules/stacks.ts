import { formatPlace } from "../../finding";
import { quote } from "../../text";
import { finding, type Rule } from "../rule";

/** A stack's name tells what is in it: `user` holds no account people work in, and an account's name means that account. */
export const stacks: Rule = ({ accounts, userAccount }) => {
  const byKey = new Map(accounts.map((account) => [account.key, account]));
  return [userAccount, ...accounts].flatMap(({ key, stack, place }) => {
    if (key !== "user" && stack === "user") {
      const why = "the stack of the user account, which other people may change";
      return [
        finding("reserved-word", place, `the account ${quote(key)} cannot be in "user", ${why}; choose another stack`),
      ];
    }
    const other = stack === key ? undefined : byKey.get(stack);
    if (!other || other.stack === stack) return [];
    const message = `the stack ${quote(stack)} of ${quote(key)} is named like the account ${quote(stack)} (${formatPlace(other.place)}), which is in the stack ${quote(other.stack)}; choose another name`;
    return [finding("misleading-stack", place, message)];
  });
};
