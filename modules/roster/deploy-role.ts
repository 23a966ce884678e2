import { type AccountRef, iamArn } from "../iam/arn";
import type { Roster } from "./roster";

/** ARN of a deploy role as the roster writes it: a name, path/name, or an ARN, which stays as it is. */
export function deployRoleArn(account: AccountRef, role: string): string {
  return role.startsWith("arn:") ? role : iamArn(account, `role/${role.replace(/^\//, "")}`);
}

/** True for a name or path/name that every account can have a role of. */
export function isRoleName(text: string): boolean {
  return /^[\w+=,.@-]+(\/[\w+=,.@-]+)*$/.test(text) && text.length <= 576;
}

/** The same roster with this role of each account in place of its deploy role, for plans that only read. */
export function withDeployRole(roster: Roster, role: string): Roster {
  return {
    ...roster,
    userAccount: { ...roster.userAccount, deployRoleArn: deployRoleArn(roster.userAccount, role) },
    accounts: roster.accounts.map((account) => ({ ...account, deployRoleArn: deployRoleArn(account, role) })),
  };
}
