import type { Roster } from "../roster/roster";
import { quote } from "../text";
import type { AccessChange } from "./access-change";

/** An account that is on both sides, by its id, under two names. */
interface Rename {
  readonly from: string;
  readonly to: string;
}

function renamesOf(base: Roster, head: Roster): readonly Rename[] {
  const old = new Map(base.accounts.map(({ id, key }) => [id, key]));
  const names = (roster: Roster) => new Set(roster.accounts.map(({ key }) => key));
  const [before, after] = [names(base), names(head)];
  return head.accounts.flatMap(({ id, key }) => {
    const from = old.get(id);
    return from === undefined || after.has(from) || before.has(key) ? [] : [{ from, to: key }];
  });
}

/** The base with the names its accounts have in the head: who held a role there holds it still. */
export function withNamesOf(base: Roster, head: Roster): Roster {
  const renames = renamesOf(base, head);
  if (renames.length === 0) return base;
  const names = new Map(renames.map(({ from, to }) => [from, to]));
  const renamed = <T extends { readonly account: string }>(grants: readonly T[]) =>
    grants.map((grant) => ({ ...grant, account: names.get(grant.account) ?? grant.account }));
  return {
    ...base,
    accounts: base.accounts.map((account) => ({ ...account, key: names.get(account.key) ?? account.key })),
    teams: base.teams.map((team) => ({ ...team, grants: renamed(team.grants) })),
    people: base.people.map((person) => ({ ...person, grants: renamed(person.grants) })),
  };
}

/** Access stays; profiles, stacks and Terraform's addresses have the name in them. */
export function diffNames(base: Roster, head: Roster): readonly AccessChange[] {
  return renamesOf(base, head).map(({ from, to }) => {
    const account = head.accounts.find(({ key }) => key === to);
    return {
      direction: "neutral",
      account: to,
      sentence: `the account ${account?.id ?? ""} is called ${quote(to)} instead of ${quote(from)}`,
      ...(account ? { place: account.place } : {}),
    };
  });
}
