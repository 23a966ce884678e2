import type { PasswordRules } from "../../iam/account-guards";
import { type AuditCheck, ifKnown, itemsOf } from "../check";

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

/** A rule that AWS leaves out is not set. */
function faults(
  live: PasswordRules | undefined,
  wanted: { readonly minimumLength: number; readonly reusePrevention: number },
): readonly string[] {
  if (live === undefined) return ["there is no password policy"];
  const { minimumLength = 0, reusePrevention = 0, allowChange } = live;
  const { requireLowercase, requireUppercase, requireNumbers, requireSymbols } = live;
  return [
    ...(minimumLength < wanted.minimumLength
      ? [`passwords need only ${minimumLength} characters, and should need ${wanted.minimumLength}`]
      : []),
    ...(reusePrevention < wanted.reusePrevention
      ? [`only the last ${reusePrevention} passwords are refused, and ${wanted.reusePrevention} should be`]
      : []),
    ...([requireLowercase, requireUppercase, requireNumbers, requireSymbols].every(Boolean)
      ? []
      : ["passwords do not need all four kinds of characters"]),
    ...(allowChange === true ? [] : ["people may not change their own password"]),
  ];
}
