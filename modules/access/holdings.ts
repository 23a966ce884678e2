import type { Place } from "../finding";
import type { Account, Grant, Person, Roster, Team, Tier } from "../roster/roster";
import { roleArn } from "../iam/arn";
import { namesWithin } from "../iam/session-names";
import { compareText } from "../text";
import { isCurrent } from "./grants";
import { PROTECTED_PATH } from "./names";

/** On which terms a role is taken: how old MFA may be, how long a session lasts, what it may be called, and until when. */
export interface Terms {
  readonly mfaAgeSeconds: number;
  readonly sessionSeconds: number;
  /** Patterns of session names besides the person's own; absent without any. */
  readonly sessionNames?: readonly string[];
  /** First instant without it, ISO 8601 UTC; absent without an end. */
  readonly until?: string;
}

/** One grant: of a team the person is in, or of the person's own. */
export interface Way {
  readonly team?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly place: Place;
}

/** A person, an account, a tier: the role they may take now, through which grants, and on which terms. */
export interface Holding extends Terms {
  readonly person: Person;
  readonly account: Account;
  readonly tier: Tier;
  readonly roleArn: string;
  /** At least one; teams by name, then grants of the person's own. */
  readonly ways: readonly Way[];
}

/** Strongest first; own tiers come after these. */
const STRENGTH = ["administrator", "operator", "spectator"];

/**
 * Everything people hold at `now`: people and accounts in the roster's order, in each account the strongest tier first. Law: a
 * person holds a tier exactly if a current grant of theirs or of one of their teams names it, and until the last of them ends.
 */
export function holdingsOf(roster: Roster, now: Date): readonly Holding[] {
  const order = new Map(roster.accounts.map(({ key }, index) => [key, index]));
  const accounts = new Map(roster.accounts.map((account) => [account.key, account]));
  const tiers = new Map(roster.tiers.map((tier) => [tier.key, tier]));
  const teams = new Map(roster.teams.map((team) => [team.key, team]));
  const place = ({ account }: Holding) => order.get(account.key) ?? -1;
  return roster.people.flatMap((person) => {
    const held = [...grouped(waysOf(person, teams, now))].map(([key, ways]) => {
      const [accountKey, tierKey] = JSON.parse(key) as [string, string];
      const [account, tier] = [accounts.get(accountKey), tiers.get(tierKey)];
      if (account === undefined || tier === undefined)
        throw new Error(
          `a grant of ${person.key} names the unknown ${account ? `tier ${tierKey}` : `account ${accountKey}`}`,
        );
      return holding(person, account, tier, ways);
    });
    return held.sort((a, b) => place(a) - place(b) || byStrength(a.tier.key, b.tier.key));
  });
}

/** A grant and the team it is of. */
type Given = readonly [grant: Grant, team?: string];

function waysOf(person: Person, teams: ReadonlyMap<string, Team>, now: Date): readonly Given[] {
  const through = [...new Set(person.teams)].sort(compareText).flatMap((key) => {
    const grants = teams.get(key)?.grants ?? [];
    return grants.map((grant): Given => [grant, key]);
  });
  return [...through, ...person.grants.map((grant): Given => [grant])].filter(([grant]) => isCurrent(grant, now));
}

/** By account and tier. */
function grouped(given: readonly Given[]): ReadonlyMap<string, readonly Given[]> {
  const groups = new Map<string, Given[]>();
  for (const each of given) {
    const key = JSON.stringify([each[0].account, each[0].tier]);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}

function holding(person: Person, account: Account, tier: Tier, given: readonly Given[]): Holding {
  const { mfaAgeSeconds, sessionSeconds } = tier;
  const until = latest(given.map(([grant]) => grant.until));
  return {
    ...{ person, account, tier, roleArn: roleArn(account, PROTECTED_PATH, tier.key) },
    ways: given.map(wayOf),
    ...{ mfaAgeSeconds, sessionSeconds, ...namesOf(tier) },
    ...(until === undefined ? {} : { until }),
  };
}

function wayOf([{ until, reason, place }, team]: Given): Way {
  return {
    place,
    ...(team === undefined ? {} : { team }),
    ...(until === undefined ? {} : { until }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The last of these ends; none when one of them has none. */
function latest(ends: readonly (string | undefined)[]): string | undefined {
  return ends.reduce((last, end) => (isLater(end, last) ? end : last));
}

/** Whether the one end is after the other; what has no end is after everything that has one. */
export function isLater(one: string | undefined, other: string | undefined): boolean {
  return other !== undefined && (one === undefined || one > other);
}

/** The tier's further session names as terms have them. */
export function namesOf({ sessionNames }: Pick<Tier, "sessionNames">): Pick<Terms, "sessionNames"> {
  return sessionNames.length === 0 ? {} : { sessionNames };
}

/** Whether the inner terms give nothing that the outer ones do not: MFA no older, sessions no longer, no other names, no later end. */
export function termsWithin(inner: Terms, outer: Terms): boolean {
  return (
    inner.mfaAgeSeconds <= outer.mfaAgeSeconds &&
    inner.sessionSeconds <= outer.sessionSeconds &&
    namesWithin(inner.sessionNames ?? [], outer.sessionNames ?? []) &&
    !isLater(inner.until, outer.until)
  );
}

/** The built-in three, then own tiers by name. */
function byStrength(one: string, other: string): number {
  const strength = (tier: string) => (STRENGTH.includes(tier) ? STRENGTH.indexOf(tier) : STRENGTH.length);
  return strength(one) - strength(other) || compareText(one, other);
}
