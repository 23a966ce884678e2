import type { Account, Person, Roster, Tier } from "../roster/roster";
import { isCurrent, type Way, waysIn } from "../roster/ways";
import { roleArn } from "../iam/arn";
import { namesWithin } from "../iam/session-names";
import { compareText } from "../text";
import { PROTECTED_PATH } from "./names";

/** On which terms a role is taken: how old MFA may be, how long a session lasts, what it may be called, and until when. */
export interface Terms {
  readonly mfaAgeSeconds: number;
  readonly sessionSeconds: number;
  /** Patterns of session names besides the person's own; absent without any. */
  readonly sessionNames?: readonly string[];
  /** First instant without it, ISO 8601 UTC; absent without an end. */
  readonly until?: string | undefined;
}

/** A person, an account, a tier: the role they may take now, through which grants, and on which terms. */
export interface Holding extends Terms {
  readonly person: Person;
  readonly account: Account;
  readonly tier: Tier;
  readonly roleArn: string;
  /** The grants that give it, at least one: of teams by name, then of the person's own. */
  readonly ways: readonly Way[];
}

/** Strongest first; own tiers come after these. */
const STRENGTH = ["administrator", "operator", "spectator"];

/**
 * Everything people hold at `now`: people and accounts in the roster's order, in each account the strongest tier first. Law: a
 * person holds a tier exactly if a current grant of theirs or of one of their teams names it, and until the last of them ends.
 */
export function holdingsOf(roster: Roster, now: Date): readonly Holding[] {
  const accounts = new Map(roster.accounts.map((account) => [account.key, account]));
  const tiers = new Map(roster.tiers.map((tier) => [tier.key, tier]));
  const order = new Map(roster.accounts.map(({ key }, index) => [key, index]));
  const place = ({ account }: Holding) => order.get(account.key) ?? -1;
  return waysIn(roster).flatMap(({ person, ways }) => {
    const current = byRole(ways.filter((way) => isCurrent(way, now)));
    const found = current.map((group) =>
      holding(person, known(accounts, group[0].account), known(tiers, group[0].tier), group),
    );
    return found.sort((a, b) => place(a) - place(b) || byStrength(a.tier.key, b.tier.key));
  });
}

/** Rules of the roster refuse grants of what is not in it. */
function known<T>(all: ReadonlyMap<string, T>, key: string): T {
  const found = all.get(key);
  if (found === undefined) throw new Error(`a grant names ${key}, which is not in the roster`);
  return found;
}

type Ways = readonly [Way, ...Way[]];

/** Ways to the same tier in the same account. */
function byRole(ways: readonly Way[]): readonly Ways[] {
  const groups = new Map<string, [Way, ...Way[]]>();
  for (const way of ways) {
    const key = JSON.stringify([way.account, way.tier]);
    const group = groups.get(key);
    if (group) group.push(way);
    else groups.set(key, [way]);
  }
  return [...groups.values()];
}

function holding(person: Person, account: Account, tier: Tier, ways: Ways): Holding {
  const { mfaAgeSeconds, sessionSeconds } = tier;
  return {
    person,
    account,
    tier,
    roleArn: roleArn(account, PROTECTED_PATH, tier.key),
    ways,
    mfaAgeSeconds,
    sessionSeconds,
    ...namesOf(tier),
    until: latest(ways.map((way) => way.until)),
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
