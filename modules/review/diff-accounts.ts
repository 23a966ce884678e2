import type { Account, Roster } from "../roster/roster";
import { compareText, quote, stableJson } from "../text";
import type { AccessChange } from "./access-change";

/** Accounts that come, go, or are another account under the same name. */
export function diffAccounts(base: Roster, head: Roster): readonly AccessChange[] {
  const before = new Map(base.accounts.map((account) => [account.key, account]));
  const after = new Set(head.accounts.map(({ key }) => key));
  const trusted = head.userAccount.id;
  return [
    ...moved(base, head),
    ...deployRole(base.userAccount, head.userAccount),
    ...tags(base.userAccount, head.userAccount, "users"),
    ...backend(base, head),
    ...head.accounts.flatMap((account) => {
      const old = before.get(account.key);
      return old ? changed(old, account) : [came(account, trusted)];
    }),
    ...base.accounts.filter(({ key }) => !after.has(key)).map(left),
  ];
}

function moved(base: Roster, head: Roster): readonly AccessChange[] {
  if (base.userAccount.id === head.userAccount.id) return [];
  const sentence = `every role trusts the account ${head.userAccount.id} instead of ${base.userAccount.id}`;
  return [{ direction: "widening", account: "user", sentence, place: head.userAccount.place }];
}

function came({ key, id, place }: Account, trusted: string): AccessChange {
  const sentence = `the new account ${key} (${id}) trusts people of ${trusted}`;
  return { direction: "widening", account: key, sentence, place };
}

function left({ key, id, place }: Account): AccessChange {
  const sentence = `the account ${key} (${id}) leaves the roster; what was made there stays until it is destroyed`;
  return { direction: "narrowing", account: key, sentence, place };
}

function changed(old: Account, account: Account): readonly AccessChange[] {
  const { key, place } = account;
  const found: AccessChange[] = [];
  const say = (direction: AccessChange["direction"], sentence: string) =>
    found.push({ direction, account: key, sentence, place });
  if (old.id !== account.id) say("widening", `${key} is the account ${account.id} instead of ${old.id}`);
  if (old.spectatorReads !== account.spectatorReads) {
    const now = account.spectatorReads === "data";
    say(now ? "widening" : "narrowing", `spectators in ${key} can ${now ? "now" : "no longer"} read data`);
  }
  return [...found, ...deployRole(old, account), ...tags(old, account, "roles")];
}

type AnyAccount = Account | Roster["userAccount"];

/** Whoever may take the deploy role decides over the account; another account has another one anyway. */
function deployRole(old: AnyAccount, { key, id, deployRoleArn, place }: AnyAccount): readonly AccessChange[] {
  if (old.id !== id || old.deployRoleArn === deployRoleArn) return [];
  const where = key === "user" ? "the user account" : key;
  const sentence = `terraform works in ${where} as ${quote(deployRoleArn)} instead of ${quote(old.deployRoleArn)}`;
  return [{ direction: "unknown", account: key, sentence, place }];
}

/** Policies of others may ask for the tags of who calls (`aws:PrincipalTag`), and those are not seen here. */
function tags(old: AnyAccount, { key, tags: now, place }: AnyAccount, holders: string): readonly AccessChange[] {
  const names = changedKeys(old.tags, now);
  if (names.length === 0) return [];
  const sentence = `other tags on the ${holders} of ${key}: ${names.map(quote).join(", ")}; policies elsewhere may ask for them`;
  return [{ direction: "unknown", account: key, sentence, place }];
}

function backend(base: Roster, head: Roster): readonly AccessChange[] {
  if (stableJson(base.backend) === stableJson(head.backend)) return [];
  const sentence = `Terraform's state lies elsewhere: ${quote(stableJson(head.backend))} instead of ${quote(stableJson(base.backend))}`;
  return [{ direction: "unknown", sentence, place: head.userAccount.place }];
}

type Tags = Readonly<Record<string, string>>;

/** Keys that came, went or have another value, sorted. */
export function changedKeys(before: Tags, after: Tags): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.filter((key) => before[key] !== after[key]);
}
