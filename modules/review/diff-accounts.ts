import type { Account, Roster } from "../roster/roster";
import { compareText, stableJson } from "../text";
import type { About, RosterChange } from "./access-change";
import type { SettingChange } from "./changes/roster";

/** Accounts that come, go, or are another account under the same name, and every setting of theirs and of the roster. */
export function diffAccounts(base: Roster, head: Roster): readonly RosterChange[] {
  const before = new Map(base.accounts.map((account) => [account.key, account]));
  const after = new Set(head.accounts.map(({ key }) => key));
  return [
    ...rosterSettings(base, head),
    ...userAccount(base.userAccount, head.userAccount),
    ...regions(base, head),
    ...head.accounts.flatMap((account) => {
      const old = before.get(account.key);
      return old ? changed(old, account) : [came(account, head.userAccount.id)];
    }),
    ...base.accounts.filter(({ key }) => !after.has(key)).map(left),
  ];
}

type AnyAccount = Account | Roster["userAccount"];

/** Nothing when both are the same. */
function setting(
  kind: SettingChange["kind"],
  direction: About["direction"],
  [before, after]: readonly [string | undefined, string | undefined],
  about: Pick<About, "account" | "place"> & Pick<SettingChange, "partition">,
): readonly RosterChange[] {
  return before === after ? [] : [{ ...about, kind, direction, before, after }];
}

/** Who may read or write Terraform's state is not seen here. */
function rosterSettings(base: Roster, head: Roster): readonly RosterChange[] {
  const about = { place: head.userAccount.place };
  return [
    ...setting("organization", "neutral", [base.organization, head.organization], about),
    // The same twelve digits are another account there.
    ...setting("partition", "widening", [base.userAccount.partition, head.userAccount.partition], about),
    ...setting("region", "neutral", [base.region, head.region], about),
    ...setting("backend", "unknown", [stableJson(base.backend), stableJson(head.backend)], about),
  ];
}

function userAccount(old: Roster["userAccount"], account: Roster["userAccount"]): readonly RosterChange[] {
  const about = { account: "user", place: account.place };
  // With an alias that is given up, a stranger can have everybody's sign-in address.
  const direction = old.alias === undefined ? "neutral" : "widening";
  return [
    ...setting("user-account-id", "widening", [old.id, account.id], about),
    ...setting("alias", direction, [old.alias, account.alias], {
      ...about,
      partition: account.partition === "aws" ? undefined : account.partition,
    }),
    ...anyAccount(old, account, "users"),
  ];
}

function came({ key, id, spectatorReads, place }: Account, trusts: string): RosterChange {
  return { account: key, kind: "account-added", direction: "widening", after: { id, trusts, spectatorReads }, place };
}

function left({ key, id, place }: Account): RosterChange {
  return { account: key, kind: "account-removed", direction: "narrowing", before: { id }, place };
}

function changed(old: Account, account: Account): readonly RosterChange[] {
  const about = { account: account.key, place: account.place };
  const reads = account.spectatorReads === "data" ? "widening" : "narrowing";
  return [
    ...setting("account-id", "widening", [old.id, account.id], about),
    ...setting("spectator-reads", reads, [old.spectatorReads, account.spectatorReads], about),
    ...setting("environment", "neutral", [old.environment, account.environment], about),
    ...anyAccount(old, account, "roles"),
  ];
}

/** Who may take the deploy role controls the account, and so does who writes its state; another account has others anyway. */
function anyAccount(old: AnyAccount, account: AnyAccount, holders: "roles" | "users"): readonly RosterChange[] {
  const about = { account: account.key, place: account.place };
  const names = changedKeys(old.tags, account.tags);
  return [
    ...(old.id === account.id
      ? setting("deploy-role", "unknown", [old.deployRoleArn, account.deployRoleArn], about)
      : []),
    ...setting("stack", "unknown", [old.stack, account.stack], about),
    // Policies of others may ask for the tags of who calls (`aws:PrincipalTag`), and those are not seen here.
    ...(names.length === 0
      ? []
      : [{ ...about, kind: "account-tags", direction: "unknown", holders, after: { tags: names } } as const]),
  ];
}

/** Of accounts that have one of their own, on either side. */
function regions(base: Roster, head: Roster): readonly RosterChange[] {
  const before = new Map([base.userAccount, ...base.accounts].map((account) => [account.key, account.region]));
  return [head.userAccount, ...head.accounts].flatMap(({ key, region, place }) => {
    const old = before.get(key);
    const follows = old === base.region && region === head.region;
    return old === undefined || follows ? [] : setting("region", "neutral", [old, region], { account: key, place });
  });
}

/** Keys whose values differ or that one side lacks, sorted. */
export function changedKeys(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key])
    .sort(compareText);
}
