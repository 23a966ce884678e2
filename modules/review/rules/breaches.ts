import { peopleBy } from "../../access/holding-index";
import { type Holding, holdingsOf } from "../../access/holdings";
import type { Finding, Place } from "../../finding";
import type { Grant, Person, Roster } from "../../roster/roster";
import { compareText, quote } from "../../text";
import { countOf } from "../../words";
import type { GrantRule, HoldersRule, ReviewRules, Scope } from "./rules";
import { idsOf, type Meaning, means, type Subject } from "./scope";

/** A rule that a roster breaks. The same breach on both sides of a change has the same identity. */
export interface BrokenRule {
  readonly identity: string;
  /** How bad: a breach whose size grows is a new one. */
  readonly size: number;
  readonly finding: Finding;
}

/**
 * All rules a roster breaks from `now` on, each at its line of the roster. Grants only end, so nobody holds more later than now.
 * `meaning` says what names mean; what a tier allows is what it allows in this roster.
 */
export function breachesOf(roster: Roster, rules: ReviewRules, now: Date, meaning: Meaning): readonly BrokenRule[] {
  const about = (rule: Scope, { account, tier }: Subject) => isAbout(rule, { account, tier }, roster, meaning);
  const holdings = holdingsOf(roster, now);
  return [
    ...rules.holders.flatMap((rule) => tooManyHolders(roster, rule, holdings, about)),
    ...holdings.flatMap(({ person, ways }) =>
      ways
        .filter(({ team }) => team === undefined)
        .flatMap((grant) =>
          rules.grants
            .filter((rule) => about(rule, grant))
            .flatMap((rule) => grantBreaches({ roster, person, grant, rule, now })),
        ),
    ),
  ];
}

/** Names as on either side, abilities as in the roster itself: what a tier allowed before is nothing anybody holds now. */
function isAbout({ allows, ...names }: Scope, subject: Subject, roster: Roster, meaning: Meaning): boolean {
  if (!means(names, subject, meaning)) return false;
  return allows === undefined || means({ allows, place: names.place }, subject, { ...meaning, rosters: [roster] });
}

/** Breaches of the head that the base did not have, or had less of, and those that stood before. Each once. */
export function newBreaches(
  head: readonly BrokenRule[],
  base: readonly BrokenRule[],
): { readonly fresh: readonly Finding[]; readonly standing: readonly Finding[] } {
  const before = new Map<string, number>();
  for (const { identity, size } of base) before.set(identity, Math.max(size, before.get(identity) ?? 0));
  const once = [...new Map(head.map((breach) => [breach.identity, breach])).values()];
  const isNew = ({ identity, size }: BrokenRule) => size > (before.get(identity) ?? -1);
  return {
    fresh: once.filter(isNew).map(({ finding }) => finding),
    standing: once.filter((breach) => !isNew(breach)).map(({ finding }) => ({ ...finding, severity: "warning" })),
  };
}

type About = (rule: Scope, subject: Subject) => boolean;

/** Each tier by itself; with `allows` everybody who holds any such tier of the account. */
function tooManyHolders(
  roster: Roster,
  rule: HoldersRule,
  holdings: readonly Holding[],
  about: About,
): readonly BrokenRule[] {
  const bound = holdings.filter(({ account, tier }) => about(rule, { account: account.key, tier: tier.key }));
  const holders = peopleBy(bound, ({ account, tier }) =>
    JSON.stringify([account.key, rule.allows === undefined ? tier.key : undefined]),
  );
  const places = new Map(roster.accounts.map(({ key, place }) => [key, place]));
  return [...holders]
    .filter(([, { size }]) => size > rule.most)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, { size }]) => {
      const [account, tier] = JSON.parse(key) as [string, string | null];
      const what = tier ?? `a tier that allows ${quote((rule.allows ?? []).map(({ text }) => text).join(", "))}`;
      const message = `${countOf(size, "person", "people")} would hold ${what} in ${account}, and ${at(rule.place)} allows ${rule.most}`;
      const place = places.get(account) ?? roster.userAccount.place;
      return breach("too-many-holders", place, message, [idOf(account, roster), what, rule.most], size);
    });
}

/** An account is the same one under another name. */
function idOf(account: string, roster: Roster): string {
  return [...idsOf(account, [roster])][0] ?? account;
}

const DAY_MS = 86_400_000;

interface GrantJudged {
  readonly roster: Roster;
  readonly person: Person;
  readonly grant: Grant;
  readonly rule: GrantRule;
  readonly now: Date;
}

function grantBreaches({ roster, person, grant, rule, now }: GrantJudged): readonly BrokenRule[] {
  const what = `the grant of ${grant.tier} in ${grant.account} to ${quote(person.key)}`;
  const { until, reason, place, account, tier } = grant;
  const found: BrokenRule[] = [];
  const add = (code: string, message: string) =>
    found.push(
      breach(code, place, `${what} ${message} (${at(rule.place)})`, [person.key, idOf(account, roster), tier, until]),
    );
  if (rule.until && until === undefined) add("end-required", "must end; add until");
  const longest = rule.longestDays;
  if (until !== undefined && longest !== undefined && Date.parse(until) > now.getTime() + longest * DAY_MS)
    add("grant-too-long", `ends ${until}, and may last ${longest} days from today at most; end it earlier`);
  if (rule.reason && reason === undefined) add("reason-required", "must say why; add reason");
  return found;
}

function breach(code: string, place: Place, message: string, identity: readonly unknown[], size = 0): BrokenRule {
  return { identity: JSON.stringify([code, ...identity]), size, finding: { code, severity: "error", place, message } };
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}
