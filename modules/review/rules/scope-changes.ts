import { type Holding, holdingsOf } from "../../access/holdings";
import type { Place } from "../../finding";
import type { Roster } from "../../roster/roster";
import type { Way } from "../../roster/ways";
import { quote } from "../../text";
import type { AccessChange } from "../access-change";
import type { ReviewRules, Scope } from "./rules";
import { idsOf, type Meaning, means } from "./scope";

/**
 * Where a change of the roster changes what rules are about: what they say stays, and whom they bind does not. Each counts as more
 * access, as a change of the rules itself does, and is one of both meanings: whoever approves by either has to.
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
  return [...new Map(all.map((change) => [change.sentence, change])).values()];
}

/** A name in rules, and the rules that have it: `review.yaml:2, review.yaml:5`. */
interface Named {
  readonly name: string;
  readonly rules: string;
}

function namedBy(scopes: readonly Scope[], what: "account" | "tier"): readonly Named[] {
  const names = [...new Set(scopes.flatMap((scope) => scope[what]?.text ?? []))];
  return names.map((name) => {
    const rules = scopes.filter((scope) => scope[what]?.text === name).map(({ place }) => at(place));
    return { name, rules: [...new Set(rules)].join(", ") };
  });
}

/** Accounts, by their ids, that come under the rule's name or leave it; one that is new comes with its own change. */
function accountChanges({ name: named, rules }: Named, base: Roster, head: Roster): readonly AccessChange[] {
  if (named === "user") return [];
  const [before, after] = [idsOf(named, [base]), idsOf(named, [head])];
  const left = base.accounts.filter(({ id }) => before.has(id) && !after.has(id));
  const came = head.accounts.filter(({ id }) => after.has(id) && !before.has(id));
  return [
    ...left.map(({ id, key }) => {
      const now = head.accounts.find((each) => each.id === id);
      const name = now?.key ?? key;
      const why = now === undefined ? "leaves the roster" : `is no longer ${quote(named)}`;
      const sentence = `the account ${name} (${id}) ${why}, and is no longer under ${rules}`;
      return change("rule-scope-account", name, sentence, now?.place);
    }),
    ...came
      .filter(({ id }) => base.accounts.some((each) => each.id === id))
      .map(({ id, key, place: where }) => {
        const sentence = `the account ${key} (${id}) is now ${quote(named)}, and under ${rules}`;
        return change("rule-scope-account", key, sentence, where);
      }),
  ];
}

/** Tiers that can do now what the rule's tier could. */
function tierChanges({ name, rules }: Named, head: Roster, { heirsOf }: Meaning): readonly AccessChange[] {
  return head.tiers
    .filter(({ key }) => heirsOf(name).has(key))
    .map(({ key, place: where }) => {
      const sentence = `${key} can do now what ${name} could, and only ${name} is named in ${rules}; with allows a rule is about every tier that may do something`;
      return { ...change("rule-scope-tier", undefined, sentence, where), tier: key };
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
    ways.filter(isOwn).flatMap(({ account, tier }) => {
      const rule = grants.find((each) => means(each, { account, tier }, meaning));
      const where = nameIn(head, base, account);
      const key = JSON.stringify([person.key, where, tier]);
      if (rule === undefined || own.has(key) || !held.has(key)) return [];
      const sentence = `${quote(person.key)} holds ${tier} in ${where} through a team instead of a grant of their own, which is no longer under ${at(rule.place)}`;
      const place = head.people.find((each) => each.key === person.key)?.place;
      return [{ ...change("rule-scope-grant", where, sentence, place), person: person.key, tier }];
    }),
  );
}

/** What the account of the base is called in the head. */
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

function change(kind: string, account: string | undefined, sentence: string, place: Place | undefined): AccessChange {
  return { direction: "widening", kind, ...(account ? { account } : {}), sentence, ...(place ? { place } : {}) };
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}
