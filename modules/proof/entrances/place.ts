import type { AccountInventory, RoleDocuments } from "../../iam/account-documents";
import type { Expected } from "../../iam/expected";
import { roleArn } from "../../iam/arn";
import { quote } from "../../text";
import type { AccessClaims, ClaimedAccount } from "../claims";
import type { Classified } from "./classified";
import type { Opening } from "./read-trust";
import type { BeyondOperator } from "./rights";
import type { StandingRole, Takers } from "./takers";

/** One account with all that its things are judged by. */
export interface AccountPlace {
  readonly claims: AccessClaims;
  readonly account: ClaimedAccount;
  readonly isUserAccount: boolean;
  readonly inventory: AccountInventory;
  readonly expected: Expected;
  readonly takers: Takers;
  readonly beyond: BeyondOperator;
  /** ARNs of roles that an operator comes to, with how: by taking them, by what carries them, or by a role so reached. */
  readonly reached: ReadonlyMap<string, string>;
}

/** Says something of one thing of the account. */
export function sayOf({ account }: AccountPlace, arn: string) {
  const say =
    (kind: Classified["kind"]) =>
    (code: string, message: string, cure: string): Classified => {
      return { account: account.key, arn, kind, code, message, cure };
    };
  return {
    expected: (code: string) => say("expected")(code, "", ""),
    note: say("note"),
    finding: say("finding"),
    unknown: say("unknown"),
  };
}

/** Where the roster declares what is in the account. */
export function expectedKeyOf({ account, isUserAccount }: AccountPlace): string {
  return `${isUserAccount ? "userAccount" : `accounts.${account.key}`}.expected`;
}

export function arnOf({ account }: AccountPlace, { path, name }: RoleDocuments): string {
  return roleArn(account, path, name);
}

export function standingRole({ takers, account }: AccountPlace, role: RoleDocuments): StandingRole | undefined {
  return takers.roles.find(({ accountId, documents }) => accountId === account.id && documents.name === role.name);
}

/** Whom an opening lets in, as words. */
export function whoOf({ claims, account }: AccountPlace, opening: Opening): string {
  const { kind, principal } = opening;
  const condition = opening.condition === undefined ? "" : ", under a condition";
  switch (kind) {
    case "anybody":
      return `anybody${condition}`;
    case "account":
      return accountWords(claims, account, principal);
    case "service":
      return `the service ${quote(principal)}`;
    case "provider":
      return `anyone who signs in through ${quote(principal)}`;
    default:
      return `the ${kind === "user" ? "user" : "role"} ${quote(principal)}`;
  }
}

function accountWords({ userAccount, accounts }: AccessClaims, own: ClaimedAccount, id: string): string {
  if (id === own.id) return "everything in this account that may take roles";
  if (id === userAccount.id) return "the user account";
  const known = accounts.find((each) => each.id === id);
  return known ? `the account ${known.key} (${id})` : `the account ${id}, which is not in the roster`;
}
