import type { Account, Roster } from "../roster/roster";
import { quote } from "../text";
import type { AccessChange } from "./access-change";

/** Accounts that come, go, or are another account under the same name. */
export function diffAccounts(base: Roster, head: Roster): readonly AccessChange[] {
  const before = new Map(base.accounts.map((account) => [account.key, account]));
  const after = new Set(head.accounts.map(({ key }) => key));
  const trusted = head.userAccount.id;
  return [
    ...moved(base, head),
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
  else if (old.deployRoleArn !== account.deployRoleArn)
    say(
      "unknown",
      `terraform works in ${key} as ${quote(account.deployRoleArn)} instead of ${quote(old.deployRoleArn)}`,
    );
  if (old.spectatorReads !== account.spectatorReads) {
    const now = account.spectatorReads === "data";
    say(now ? "widening" : "narrowing", `spectators in ${key} can ${now ? "now" : "no longer"} read data`);
  }
  return found;
}
