import type { Account, Roster, UserAccount } from "../../roster/roster";
import { type Abilities, allowsAny } from "./abilities";
import { tierHeirs } from "./heirs";
import type { Scope } from "./rules";

/** What the words of rules mean: in one roster, or in both of a change, the base first. */
export interface Meaning {
  readonly rosters: readonly Roster[];
  readonly able: Abilities;
  /** Tiers that a rule about a tier is about as well: in this change they get what it had. */
  readonly heirsOf: (tier: string) => ReadonlySet<string>;
}

export function meaningIn(rosters: readonly Roster[], able: Abilities): Meaning {
  return { rosters, able, heirsOf: tierHeirs(rosters, able) };
}

/** What a rule may be about. What is absent may be any. */
export interface Subject {
  readonly account?: string;
  readonly tier?: string;
  /** What can be done more or less; the tier's policies need not say it, where code makes them. */
  readonly actions?: readonly string[];
}

/**
 * Whether a rule is about this, on either side of the change: a name that is moved, given to another or made new takes nothing
 * out of a rule. What is not known of the subject is meant by every rule.
 */
export function means(rule: Scope, subject: Subject, meaning: Meaning): boolean {
  const { rosters, heirsOf } = meaning;
  return (
    (rule.account === undefined || meansAccount(rule.account.text, subject.account, rosters)) &&
    (rule.tier === undefined || meansTier(rule.tier.text, subject.tier, rosters, heirsOf)) &&
    (rule.allows === undefined || meansAbility(rule, subject, meaning))
  );
}

/** Everybody comes in through the user account, so what changes there may be about every account. */
function meansAccount(name: string, account: string | undefined, rosters: readonly Roster[]): boolean {
  if (account === undefined || account === "user" || account === name) return true;
  const ids = idsOf(account, rosters);
  if (ids.size === 0) return true;
  const named = idsOf(name, rosters);
  return [...ids].some((id) => named.has(id));
}

function meansTier(name: string, tier: string | undefined, rosters: readonly Roster[], heirsOf: Meaning["heirsOf"]) {
  if (tier === undefined || tier === name) return true;
  return !rosters.some(({ tiers }) => tiers.some(({ key }) => key === tier)) || heirsOf(name).has(tier);
}

function meansAbility({ allows = [] }: Scope, { account, tier, actions = [] }: Subject, { rosters, able }: Meaning) {
  const patterns = allows.map(({ text }) => text);
  if (tier === undefined || account === "user" || allowsAny(actions, patterns)) return true;
  const ids = account === undefined ? undefined : idsOf(account, rosters);
  const found = rosters.flatMap((roster) =>
    roster.accounts
      .filter(({ id }) => ids === undefined || ids.has(id))
      .flatMap((each) => able(roster, each, tier) ?? []),
  );
  return found.length === 0 || found.some((each) => allowsAny(each, patterns));
}

/** Ids of the account of that name, or of those of the environment, in any of the rosters. */
export function idsOf(name: string, rosters: readonly Roster[]): ReadonlySet<string> {
  const accounts = rosters.flatMap(({ userAccount, accounts: others }) => [userAccount, ...others]);
  return new Set(accounts.filter((account) => isNamed(account, name)).map(({ id }) => id));
}

function isNamed(account: Account | UserAccount, name: string): boolean {
  return name.startsWith("@")
    ? "environment" in account && account.environment === name.slice(1)
    : account.key === name;
}
