import { type Place, formatPlace } from "../../finding";
import { finding, inFileOrder, type Rule } from "../rule";

/** No account id appears twice; above all the user account is not a workload account. */
export const uniqueAccountIds: Rule = (roster) => {
  const first = new Map<string, { readonly key: string; readonly place: Place }>();
  return [roster.userAccount, ...inFileOrder(roster.accounts)].flatMap(({ key, id, place }) => {
    const other = first.get(id);
    if (!other) {
      first.set(id, { key, place });
      return [];
    }
    const where = formatPlace(other.place);
    return other.key === "user"
      ? [
          finding(
            "user-account-as-workload",
            place,
            `the account ${key} has the id of the user account (${where}); people's users and the roles they take must be in different accounts`,
          ),
        ]
      : [
          finding(
            "duplicate-account-id",
            place,
            `the accounts ${other.key} (${where}) and ${key} have the same id ${id}; one of them is wrong`,
          ),
        ];
  });
};
