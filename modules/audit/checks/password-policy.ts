import { type AuditCheck, ifKnown, itemsOf } from "../check";
import type { FullPasswordPolicy } from "../facts";

/** The account's password policy asks for no less than the plan. */
export const passwordPolicy: AuditCheck = ({ accounts }) =>
  accounts.flatMap((account) => {
    const { finding, unknown } = itemsOf("password-policy", account);
    const { plan, people } = account;
    if (people === undefined || plan.kind !== "user") return [];
    return ifKnown(
      people.passwordPolicy,
      (why) => unknown("the password policy", why),
      (live) =>
        faults(live, plan.passwordPolicy).map((fault) => finding(fault, "apply the user account: rolecall apply user")),
    );
  });

function faults(
  live: FullPasswordPolicy | undefined,
  { minimumLength, reusePrevention }: { readonly minimumLength: number; readonly reusePrevention: number },
): readonly string[] {
  if (live === undefined) return ["there is no password policy"];
  return [
    ...(live.minimumLength < minimumLength
      ? [`passwords may have ${live.minimumLength} characters, and should have ${minimumLength}`]
      : []),
    ...(live.reusePrevention < reusePrevention
      ? [`the last ${live.reusePrevention} passwords are refused, and ${reusePrevention} should be`]
      : []),
    ...(live.allClasses ? [] : ["passwords need not have all four kinds of characters"]),
    ...(live.peopleMayChange ? [] : ["people may not change their own password"]),
  ];
}
