import { partition } from "../../iam/partition";
import { quote } from "../../text";
import type { ChangeOf } from "../access-change";
import type { DeclaredChange, SettingKind } from "../changes/roster";
import { quotedNames } from "./lists";
import type { Sentences } from "./tellers";

export const ACCOUNTS: Sentences<"account-added" | "account-removed" | "account-renamed" | "account-tags"> = {
  "account-added": ({ account, after: { id, trusts, spectatorReads } }) =>
    `the new account ${account} (${id}) trusts people of ${trusts}${spectatorReads === "data" ? "; spectators there read data" : ""}`,
  "account-removed": ({ account, before }) =>
    `the account ${account} (${before.id}) leaves the roster; what Rolecall created there stays until you destroy it`,
  "account-renamed": ({ id, before, after, movesState }) =>
    `the account ${id} is called ${quote(after)} instead of ${quote(before)}${movesState ? STATE_MOVES : ""}`,
  "account-tags": ({ account, holders, after }) =>
    `other tags on the ${holders} of ${account}: ${quotedNames(after.tags)}; policies elsewhere may ask for them`,
};

const STATE_MOVES =
  ", and its stack with it: Terraform no longer reads the state under the old name; move it before you apply, or keep the name with stack:";

export const SETTING_SENTENCES: Sentences<SettingKind> = {
  "user-account-id": ({ before, after }) =>
    `every role trusts the account ${after} instead of ${before}; everybody gets a new user there`,
  "account-id": ({ account, before, after }) => `${where(account)} is the account ${after} instead of ${before}`,
  "spectator-reads": ({ account, after }) =>
    `spectators in ${where(account)} can ${after === "data" ? "now" : "no longer"} read data`,
  "deploy-role": ({ account, before, after }) => `terraform works in ${where(account)} as ${instead(before, after)}`,
  alias,
  stack: ({ account, before = "", after = "" }) =>
    `${where(account)} moves from the stack ${quote(before)} to the stack ${quote(after)}: anyone who can write that state controls it; move its state before you apply`,
  backend: ({ before, after }) => `Terraform's state is elsewhere: ${instead(before, after)}`,
  partition: ({ before, after }) =>
    `the accounts are those of the partition ${instead(before, after)}: other accounts with the same ids, whoever owns them`,
  region: ({ account, before, after }) =>
    `${account === undefined ? "the roster's region" : `the region of ${where(account)}`} is ${instead(before, after)}; roles and users are the same in every region`,
  environment: ({ account, before, after }) =>
    `${where(account)} is ${after === undefined ? "in no environment" : `in the environment ${quote(after)}`} instead of ${before === undefined ? "none" : quote(before)}; rules that name an environment follow`,
  organization: ({ before, after }) => `the organization is called ${instead(before, after)} in descriptions of roles`,
};

function instead(before = "", after = ""): string {
  return `${quote(after)} instead of ${quote(before)}`;
}

function where(account: string | undefined): string {
  return account === "user" ? "the user account" : (account ?? "");
}

/** A stranger can take an alias that is given up. */
function alias({ before, after, partition: id = "aws" }: ChangeOf<"alias">): string {
  const address = (name: string) => quote(`https://${name}.${partition(id).signIn}/console`);
  if (before === undefined)
    return `the sign-in address ${address(after ?? "")} is new; the one with the account's id stays`;
  const now = after === undefined ? "no longer exists" : `becomes ${address(after)}`;
  return `the sign-in address of everybody, ${address(before)}, ${now}: a stranger can take the alias ${quote(before)} and ask people for their passwords there; tell them first`;
}

type Declared = DeclaredChange["kind"];

const toDeployRole = (negation: string) => (change: ChangeOf<Declared>) =>
  `${quote(change.name)} is ${negation}declared to take the deploy role of ${change.accounts.join(", ")}`;

const declared = (noun: string, what: string) => (change: ChangeOf<Declared>) =>
  `the ${noun} ${quote(change.name)} of ${change.accounts.join(", ")} ${what}`;

const [ACCEPTED, OTHER, GONE] = [
  "is declared, and audit accepts it as it is",
  "is declared differently",
  "is no longer declared",
];

export const DECLARED: Sentences<Declared> = {
  "declared-deploy-role": toDeployRole(""),
  "declared-deploy-role-changed": toDeployRole(""),
  "declared-deploy-role-removed": toDeployRole("no longer "),
  "declared-role": declared("role", ACCEPTED),
  "declared-role-changed": declared("role", OTHER),
  "declared-role-removed": declared("role", GONE),
  "declared-provider": declared("federation provider", ACCEPTED),
  "declared-provider-changed": declared("federation provider", OTHER),
  "declared-provider-removed": declared("federation provider", GONE),
};
