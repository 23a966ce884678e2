import { type PartitionId, partition } from "../iam/partition";
import { quote } from "../text";
import type { SettingChange } from "./roster-change";

/** What it means that a setting is another: each kind in its own words. */
export function tellSetting(change: SettingChange & { readonly account?: string }): string {
  const { kind, account, before, after } = change;
  const where = account === "user" ? "the user account" : (account ?? "");
  const [was, now] = [quote(before ?? ""), quote(after ?? "")];
  switch (kind) {
    case "user-account-id":
      return `every role trusts the account ${after} instead of ${before}; everybody gets a new user there`;
    case "account-id":
      return `${where} is the account ${after} instead of ${before}`;
    case "spectator-reads":
      return `spectators in ${where} can ${after === "data" ? "now" : "no longer"} read data`;
    case "deploy-role":
      return `terraform works in ${where} as ${now} instead of ${was}`;
    case "alias":
      return alias(before, after, change.partition ?? "aws");
    case "stack":
      return `${where} moves from the stack ${was} to the stack ${now}: whoever reads or writes that state decides over it; move its state before anything is applied`;
    case "backend":
      return `Terraform's state lies elsewhere: ${now} instead of ${was}`;
    case "partition":
      return `the accounts are those of the partition ${now} instead of ${was}: other accounts, whoever has them, under the same ids`;
    case "region":
      return `${account === undefined ? "the roster's region" : `the region of ${where}`} is ${now} instead of ${was}; roles and users are the same in every region`;
    case "environment":
      return `${where} is ${after === undefined ? "in no environment" : `in the environment ${now}`} instead of ${before === undefined ? "none" : was}; rules that name an environment follow`;
    case "organization":
      return `the organization is called ${now} instead of ${was} in descriptions of roles`;
  }
}

function alias(before: string | undefined, after: string | undefined, id: PartitionId): string {
  const address = (name: string) => `https://${name}.${partition(id).signIn}/console`;
  if (before === undefined)
    return `the sign-in address ${quote(address(after ?? ""))} is new; the one with the account's id stays`;
  const now = after === undefined ? "no longer exists" : `becomes ${quote(address(after))}`;
  return `the sign-in address of everybody, ${quote(address(before))}, ${now}: a stranger can take the alias ${quote(before)} and ask people for their passwords there; tell them before`;
}
