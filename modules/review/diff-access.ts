import { compileMatrix, type HeldTier } from "../access/matrix";
import type { Place } from "../finding";
import type { Grant, Person, Roster } from "../roster/roster";
import { quote } from "../text";
import { type AccessChange, type Direction, sortChanges } from "./access-change";
import { changedKeys, diffAccounts } from "./diff-accounts";
import { diffDeclared } from "./diff-declared";
import { diffTiers } from "./diff-tiers";
import { diffNames, withNamesOf } from "./renames";
import { duration, day } from "../words";

/** Who gains and loses what from one roster to another at `now`, and what changes for whole tiers and accounts. Pure. */
export function diffAccess(before: Roster, head: Roster, now: Date): readonly AccessChange[] {
  const base = withNamesOf(before, head);
  return sortChanges([
    ...diffNames(before, head),
    ...diffHoldings(base, head, now),
    ...diffPeople(base, head),
    ...diffTiers(base, head, now),
    ...diffAccounts(base, head),
    ...diffDeclared(base, head),
  ]);
}

/** `undefined` for a base without a roster: then everything is new. */
export function diffFromNothing(head: Roster, now: Date): readonly AccessChange[] {
  const nobody = { ...head, people: [], teams: [] };
  return sortChanges([
    ...diffHoldings(nobody, head, now),
    ...diffPeople(nobody, head),
    ...diffDeclared(undefined, head),
  ]);
}

interface Holding {
  readonly person: string;
  readonly account: string;
  readonly held: HeldTier;
}

function holdings(roster: Roster, now: Date): ReadonlyMap<string, Holding> {
  const found = new Map<string, Holding>();
  for (const { person, cells } of compileMatrix(roster, now).rows)
    for (const { account, tiers } of cells)
      for (const held of tiers) found.set(JSON.stringify([person, account, held.tier]), { person, account, held });
  return found;
}

function diffHoldings(base: Roster, head: Roster, now: Date): readonly AccessChange[] {
  const before = holdings(base, now);
  const after = holdings(head, now);
  const gained = [...after].flatMap(([key, holding]) => {
    const old = before.get(key);
    return old ? changedEnd(head, old, holding) : [gain(head, holding, stronger(holding, before))];
  });
  const lost = [...before].flatMap(([key, holding]) =>
    after.has(key) ? [] : [loss(base, head, holding, stronger(holding, after))],
  );
  return [...gained, ...lost];
}

/** Strongest first; what one of these may do, those before it may. */
const STRENGTH = ["administrator", "operator", "spectator"];

/** A stronger tier that the person has in the account on the other side, for as long as this one or longer. */
function stronger({ person, account, held }: Holding, others: ReadonlyMap<string, Holding>): string | undefined {
  const above = STRENGTH.slice(0, Math.max(0, STRENGTH.indexOf(held.tier)));
  return above.find((tier) => {
    const old = others.get(JSON.stringify([person, account, tier]))?.held;
    return old && (old.until === undefined || (held.until !== undefined && old.until >= held.until));
  });
}

function gain(roster: Roster, holding: Holding, had: string | undefined): AccessChange {
  const { person, account, held } = holding;
  const gains = `${quote(person)} gains ${held.tier} in ${account} (${termsOf(roster, held)})`;
  if (had !== undefined) {
    const sentence = `${gains}, which is less than the ${had} held before`;
    return { direction: "neutral", account, person, sentence, ...placed(roster, person) };
  }
  return {
    direction: "widening",
    account,
    person,
    ...granted(roster, holding),
    sentence: gains,
    ...placed(roster, person),
  };
}

/** What taking the role asks of the person, and until when. */
function termsOf({ tiers }: Roster, { tier: key, until }: HeldTier): string {
  const tier = tiers.find((each) => each.key === key);
  const terms = tier
    ? [`MFA at most ${duration(tier.mfaAgeSeconds)} old`, `sessions of ${duration(tier.sessionSeconds)}`]
    : [];
  return [...terms, ...(until === undefined ? [] : [`until ${day(until)}`])].join(", ");
}

function loss(base: Roster, head: Roster, holding: Holding, keeps: string | undefined): AccessChange {
  const { person, account, held } = holding;
  if (keeps !== undefined) {
    const sentence = `${quote(person)} loses ${held.tier} in ${account}, which is less than the ${keeps} still held`;
    return { direction: "neutral", account, person, sentence, ...placed(head, person) };
  }
  const left = !head.people.some(({ key }) => key === person);
  const sentence = `${quote(person)} loses ${held.tier} in ${account}${left ? ", leaving the roster" : ""}`;
  const place = placed(left ? base : head, person);
  return { direction: "narrowing", account, person, ...granted(base, holding), sentence, ...place };
}

function changedEnd(head: Roster, old: Holding, holding: Holding): readonly AccessChange[] {
  const { person, account, held } = holding;
  if (old.held.until === held.until) return [];
  const longer = held.until === undefined || (old.held.until !== undefined && held.until > old.held.until);
  const end = (until: string | undefined) => (until === undefined ? "without an end" : `until ${day(until)}`);
  const sentence = `${quote(person)} holds ${held.tier} in ${account} ${end(held.until)} instead of ${end(old.held.until)}`;
  const direction = longer ? "widening" : "narrowing";
  return [{ direction, account, person, ...granted(head, holding), sentence, ...placed(head, person) }];
}

/** By which teams or grants of this roster the person has it. */
function granted(
  { people, teams }: Roster,
  { person, account, held }: Holding,
): { readonly tier: string; readonly through: readonly string[] } {
  const who = people.find(({ key }) => key === person);
  const gives = (grants: readonly Grant[]) =>
    grants.some((each) => each.account === account && each.tier === held.tier);
  const by = teams
    .filter(({ key, grants }) => who?.teams.includes(key) && gives(grants))
    .map(({ key }) => `team ${key}`);
  return { tier: held.tier, through: who && gives(who.grants) ? [...by, "a grant of their own"] : by };
}

/** Users that come and go without a role, and tags: policies of others may ask for those, and are not seen here. */
function diffPeople(base: Roster, head: Roster): readonly AccessChange[] {
  const before = new Map(base.people.map((person) => [person.key, person]));
  const after = new Set(head.people.map(({ key }) => key));
  const change = (direction: Direction, { key, place }: Person, sentence: string): AccessChange => ({
    ...{ direction, account: "user", person: key, sentence, place },
  });
  return [
    ...head.people.flatMap((person) => {
      const old = before.get(person.key);
      const names = changedKeys(old?.tags ?? {}, person.tags)
        .map(quote)
        .join(", ");
      if (old !== undefined)
        return names === ""
          ? []
          : [
              change(
                "unknown",
                person,
                `other tags on ${quote(person.key)}: ${names}; policies elsewhere may ask for them`,
              ),
            ];
      const tags = names === "" ? "" : ` with the tags ${names}, which policies elsewhere may ask for`;
      return names === "" && !isBare(person)
        ? []
        : [change("widening", person, `the user ${quote(person.key)} is made${tags}`)];
    }),
    ...base.people
      .filter((person) => !after.has(person.key) && isBare(person))
      .map((person) => change("narrowing", person, `the user ${quote(person.key)} is deleted`)),
  ];
}

function isBare({ teams, grants }: Person): boolean {
  return teams.length === 0 && grants.length === 0;
}

function placed(roster: Roster, person: string): { readonly place?: Place } {
  const place = roster.people.find(({ key }) => key === person)?.place;
  return place === undefined ? {} : { place };
}
