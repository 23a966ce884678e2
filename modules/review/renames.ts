import type { Grant, Roster, Tier } from "../roster/roster";
import { stableJson } from "../text";
import type { RosterChange } from "./access-change";

/** An account or a tier that is on both sides under two names. */
interface Rename {
  readonly from: string;
  readonly to: string;
}

interface Named {
  readonly key: string;
}

/** What is the same thing on both sides, by `identity`, under a name that the other side does not have. */
function renamesOf<T extends Named>(base: readonly T[], head: readonly T[], identity: (one: T) => string) {
  const isIn = (side: readonly T[]) => (key: string) => side.some((each) => each.key === key);
  const gone = base.filter(({ key }) => !isIn(head)(key));
  const come = head.filter(({ key }) => !isIn(base)(key));
  const alone = (side: readonly T[], one: T) => side.filter((each) => identity(each) === identity(one)).length === 1;
  return come.flatMap((one): readonly Rename[] => {
    const old = gone.find((each) => identity(each) === identity(one));
    // Of two that are alike, which is which is not known.
    return old && alone(gone, old) && alone(come, one) ? [{ from: old.key, to: one.key }] : [];
  });
}

/** An account is its id. */
function renamedAccounts(base: Roster, head: Roster): readonly Rename[] {
  return renamesOf(base.accounts, head.accounts, ({ id }) => id);
}

/** A tier is what its policies say; its terms are compared by themselves. */
function renamedTiers(base: Roster, head: Roster): readonly Rename[] {
  const own = ({ tiers }: Roster) => tiers.filter(({ builtIn }) => !builtIn);
  const says = ({ policyArns, allow, deny }: Tier) => stableJson([policyArns, allow, deny]);
  return renamesOf(own(base), own(head), says);
}

/** The base with the names its accounts and tiers have in the head: who held a role there holds it still. */
export function withNamesOf(base: Roster, head: Roster): Roster {
  const [accounts, tiers] = [renamedAccounts(base, head), renamedTiers(base, head)];
  if (accounts.length + tiers.length === 0) return base;
  const name = (renames: readonly Rename[], key: string) => renames.find(({ from }) => from === key)?.to ?? key;
  const renamed = (grants: readonly Grant[]) =>
    grants.map((grant) => ({ ...grant, account: name(accounts, grant.account), tier: name(tiers, grant.tier) }));
  return {
    ...base,
    // The stack of its own has the account's name.
    accounts: base.accounts.map((account) => {
      const key = name(accounts, account.key);
      return { ...account, key, stack: account.stack === account.key ? key : account.stack };
    }),
    tiers: base.tiers.map((tier) => ({ ...tier, key: name(tiers, tier.key) })),
    teams: base.teams.map((team) => ({ ...team, grants: renamed(team.grants) })),
    people: base.people.map((person) => ({ ...person, grants: renamed(person.grants) })),
  };
}

/** Access stays; profiles, stacks, Terraform's addresses and the names of roles have the name in them. */
export function diffNames(base: Roster, head: Roster): readonly RosterChange[] {
  const accounts = new Map(head.accounts.map((account) => [account.key, account]));
  const tiers = new Map(head.tiers.map((tier) => [tier.key, tier]));
  return [
    ...renamedAccounts(base, head).map(({ from, to }): RosterChange => {
      const { id = "", place } = accounts.get(to) ?? {};
      const stack = (roster: Roster, key: string) => roster.accounts.find((each) => each.key === key)?.stack;
      // A stack of its own has the account's name, and so has its state.
      const movesState = stack(base, from) !== stack(head, to);
      const direction = movesState ? "unknown" : "neutral";
      return { kind: "account-renamed", direction, account: to, id, before: from, after: to, movesState, place };
    }),
    ...renamedTiers(base, head).map(({ from, to }): RosterChange => {
      const place = tiers.get(to)?.place;
      return { kind: "tier-renamed", direction: "neutral", tier: to, before: from, after: to, place };
    }),
  ];
}
