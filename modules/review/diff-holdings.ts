import { byPlace } from "../access/holding-index";
import { type Holding, holdingsOf, isLater, type Terms, termsWithin } from "../access/holdings";
import type { Place } from "../finding";
import { namesWithin } from "../iam/session-names";
import type { Roster } from "../roster/roster";
import type { PowerComparer, Powers } from "./effective/role-powers";
import type { RosterChange } from "./access-change";
import type { HeldOn, TermChange } from "./changes/roster";
import { moreOf } from "./some-actions";

/** Two rosters, what their tiers can do in each account, and what compares that. */
export interface RosterComparison {
  readonly base: Roster;
  readonly head: Roster;
  readonly now: Date;
  readonly powers: { readonly base: Powers; readonly head: Powers };
  readonly comparer: PowerComparer;
}

/**
 * Who gains and loses which tier, and on which terms, by what the tiers can do on either side and never by what they are called. A
 * gain is none where one tier that the person held in the account could do as much, with MFA as old, for as long; a loss likewise.
 */
export function diffHoldings(compared: RosterComparison): readonly RosterChange[] {
  const { base, head, now } = compared;
  const [held, holds] = [holdingsOf(base, now), holdingsOf(head, now)];
  const [before, after] = [byPlace(held), byPlace(holds)];
  const places = new Map(head.people.map(({ key, place }) => [key, place]));
  const gained = holds.flatMap((holding): readonly RosterChange[] => {
    const others = before(holding.person.key, holding.account.key);
    const old = others.find(({ tier }) => tier.key === holding.tier.key);
    return old ? otherEnd(old, holding) : [gain(holding, others, compared)];
  });
  const lost = held.flatMap((holding): readonly RosterChange[] => {
    const others = after(holding.person.key, holding.account.key);
    const stays = others.some(({ tier }) => tier.key === holding.tier.key);
    return stays ? [] : [loss(holding, others, places, compared)];
  });
  return [...gained, ...lost];
}

function gain(holding: Holding, others: readonly Holding[], compared: RosterComparison): RosterChange {
  const { powers, comparer } = compared;
  const own = powers.head(holding.account.key, holding.tier.key);
  // Another account under the same name is not where the person held anything.
  const held = others.filter(({ account }) => account.id === holding.account.id);
  const containing = held.filter(({ account, tier }) => {
    const other = powers.base(account.key, tier.key);
    return own !== undefined && other !== undefined && comparer.within(own, other);
  });
  const covering = containing.find((each) => termsWithin(holding, each));
  const within = covering ?? containing[0];
  const than = held.flatMap(({ account, tier }) => powers.base(account.key, tier.key) ?? []);
  const isTold = within === undefined && isListed(holding, held);
  const tiers = held.map(({ tier }) => tier.key);
  return {
    ...about(holding),
    kind: "holding-gained",
    direction: covering === undefined ? "widening" : "neutral",
    after: heldOn(holding),
    within: within && { tier: within.tier.key, terms: widerTerms(within, holding) },
    more: isTold && own !== undefined ? moreOf(comparer.beyond(own, than), tiers) : undefined,
  };
}

/** An administrator's and an operator's name says what they may do; next to another tier a spectator's does not. */
function isListed({ tier }: Holding, held: readonly Holding[]): boolean {
  return !tier.builtIn || (tier.key === "spectator" && held.length > 0);
}

function loss(
  holding: Holding,
  others: readonly Holding[],
  places: ReadonlyMap<string, Place>,
  { powers, comparer }: RosterComparison,
): RosterChange {
  const own = powers.base(holding.account.key, holding.tier.key);
  const containing = others.filter(({ account, tier }) => {
    const power = account.id === holding.account.id ? powers.head(account.key, tier.key) : undefined;
    return own !== undefined && power !== undefined && comparer.within(own, power);
  });
  const covering = containing.find((each) => termsWithin(holding, each));
  const still = covering ?? containing[0];
  return {
    ...about(holding),
    kind: "holding-lost",
    direction: covering === undefined ? "narrowing" : "neutral",
    before: heldOn(holding),
    still: still && { tier: still.tier.key, terms: narrowerTerms(holding, still) },
    leaves: !places.has(holding.person.key),
    place: places.get(holding.person.key) ?? holding.person.place,
  };
}

function otherEnd(old: Holding, holding: Holding): readonly RosterChange[] {
  if (old.until === holding.until) return [];
  const direction = isLater(holding.until, old.until) ? "widening" : "narrowing";
  return [{ ...about(holding), kind: "holding-end", direction, before: heldOn(old), after: heldOn(holding) }];
}

/** Whom and what it is about, and through which teams or grants. */
function about({ person, account, tier, ways }: Holding) {
  const through = [...new Set(ways.map(({ team }) => (team === undefined ? OWN : `team ${team}`)))];
  return { account: account.key, person: person.key, tier: tier.key, through, place: person.place };
}

const OWN = "a grant of their own";

function heldOn({ tier, mfaAgeSeconds, sessionSeconds, sessionNames, until }: Holding): HeldOn {
  return {
    ...{ tier: tier.key, mfaAgeSeconds, sessionSeconds },
    ...(sessionNames === undefined ? {} : { sessionNames }),
    ...(until === undefined ? {} : { until }),
  };
}

/** The terms on which the later one gives more than the earlier one. */
function widerTerms(before: Terms, after: Terms): readonly TermChange[] {
  return termChanges(before, after).filter((change) => isWider(change));
}

/** The terms on which the later one gives less than the earlier one. */
function narrowerTerms(before: Terms, after: Terms): readonly TermChange[] {
  return termChanges(before, after).filter((change) => isWider(backwards(change)));
}

function termChanges(before: Terms, after: Terms): readonly TermChange[] {
  const names = ({ sessionNames = [] }: Terms) => sessionNames;
  return [
    { term: "mfa-age", before: before.mfaAgeSeconds, after: after.mfaAgeSeconds },
    { term: "session", before: before.sessionSeconds, after: after.sessionSeconds },
    { term: "session-names", before: names(before), after: names(after) },
    { term: "end", before: before.until, after: after.until },
  ];
}

function isWider(change: TermChange): boolean {
  switch (change.term) {
    case "mfa-age":
    case "session":
      return change.after > change.before;
    case "session-names":
      return !namesWithin(change.after, change.before);
    case "end":
      return isLater(change.after, change.before);
  }
}

function backwards(change: TermChange): TermChange {
  return { ...change, before: change.after, after: change.before } as TermChange;
}
