import { type Holding, holdingsOf } from "../../access/holdings";
import type { Place } from "../../finding";
import type { Roster } from "../../roster/roster";
import type { Way } from "../../roster/ways";
import { type AccessChange, changeKey } from "../access-change";
import type { ReviewRules, Scope } from "./rules";
import { idsOf, type Meaning, means } from "./scope";

/**
 * Where a change of the roster changes what rules are about: what they say stays, and whom they bind does not. Each counts as more
 * access, as a change of the rules itself does, and is one of both meanings: those who approve by either have to.
 */
export function scopeChanges(
  rules: ReviewRules,
  { base, head, now }: { readonly base: Roster; readonly head: Roster; readonly now: Date },
  meaning: Meaning,
): readonly AccessChange[] {
  const scopes = [...rules.approvals, ...rules.holders, ...rules.grants];
  const all = [
    ...namedBy(scopes, "account").flatMap((named) => accountChanges(named, base, head)),
    ...namedBy(scopes, "tier").flatMap((named) => tierChanges(named, head, meaning)),
    ...ownGrantsLost(rules, { base, head, now }, meaning),
  ];
  return [...new Map(all.map((change) => [changeKey(change), change])).values()];
}

/** A name in rules, and the rules that have it: `review.yaml:2`. */
interface Named {
  readonly name: string;
  readonly rules: readonly string[];
}

function namedBy(scopes: readonly Scope[], what: "account" | "tier"): readonly Named[] {
  const names = [...new Set(scopes.flatMap((scope) => scope[what]?.text ?? []))];
  return names.map((name) => {
    const rules = scopes.filter((scope) => scope[what]?.text === name).map(({ place }) => at(place));
    return { name, rules: [...new Set(rules)] };
  });
}

/** Accounts, by their ids, that come under the rule's name or leave it; one that is new comes with its own change. */
function accountChanges({ name: named, rules }: Named, base: Roster, head: Roster): readonly AccessChange[] {
  if (named === "user") return [];
  const [before, after] = [idsOf(named, [base]), idsOf(named, [head])];
  const left = base.accounts.filter(({ id }) => before.has(id) && !after.has(id));
  const came = head.accounts.filter(({ id }) => after.has(id) && !before.has(id));
  return [
    ...left.map(({ id, key }): AccessChange => {
      const now = head.accounts.find((each) => each.id === id);
      const name = now?.key ?? key;
      const how = now === undefined ? "leaves-roster" : "leaves";
      return { ...ACCOUNT, account: name, name, id, named, how, rules, place: now?.place };
    }),
    ...came
      .filter(({ id }) => base.accounts.some((each) => each.id === id))
      .map(({ id, key: name, place }): AccessChange => {
        return { ...ACCOUNT, account: name, name, id, named, how: "joins", rules, place };
      }),
  ];
}

const ACCOUNT = { direction: "widening", kind: "rule-scope-account" } as const;

/** Tiers that can do now what the rule's tier could. */
function tierChanges({ name, rules }: Named, head: Roster, { heirsOf }: Meaning): readonly AccessChange[] {
  return head.tiers
    .filter(({ key }) => heirsOf(name).has(key))
    .map(({ key: tier, place }): AccessChange => {
      return { direction: "widening", kind: "rule-scope-tier", tier, before: name, after: tier, rules, place };
    });
}

interface BothNow {
  readonly base: Roster;
  readonly head: Roster;
  readonly now: Date;
}

/** Rules about grants of people's own say nothing of what a team gives instead. */
function ownGrantsLost(
  { grants }: ReviewRules,
  { base, head, now }: BothNow,
  meaning: Meaning,
): readonly AccessChange[] {
  if (grants.length === 0) return [];
  const holds = holdingsOf(head, now);
  const own = new Set(holds.filter(({ ways }) => ways.some(isOwn)).map(keyOf));
  const held = new Set(holds.map(keyOf));
  return holdingsOf(base, now).flatMap(({ person, ways }) =>
    ways.filter(isOwn).flatMap(({ account, tier }): readonly AccessChange[] => {
      const rule = grants.find((each) => means(each, { account, tier }, meaning));
      const where = nameIn(head, base, account);
      const key = JSON.stringify([person.key, where, tier]);
      if (rule === undefined || own.has(key) || !held.has(key)) return [];
      const place = head.people.find((each) => each.key === person.key)?.place;
      const about = { direction: "widening", account: where, person: person.key, tier, place } as const;
      return [{ ...about, kind: "rule-scope-grant", rules: [at(rule.place)] }];
    }),
  );
}

/** The name that the account of the base has in the head. */
function nameIn(head: Roster, base: Roster, account: string): string {
  const id = base.accounts.find(({ key }) => key === account)?.id;
  return head.accounts.find((each) => each.id === id)?.key ?? account;
}

function isOwn({ team }: Way): boolean {
  return team === undefined;
}

function keyOf({ person, account, tier }: Holding): string {
  return JSON.stringify([person.key, account.key, tier.key]);
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}
