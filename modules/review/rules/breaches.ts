import { compileMatrix } from "../../access/matrix";
import type { Finding, Place } from "../../finding";
import type { Grant, Person, Roster } from "../../roster/roster";
import { compareText, quote } from "../../text";
import { countOf } from "../../words";
import type { GrantRule, HoldersRule, ReviewRules } from "./rules";
import { means } from "./scope";

/** A rule that a roster breaks. The same breach on both sides of a change has the same identity. */
export interface Breach {
  readonly identity: string;
  /** How bad: a breach whose size grows is a new one. */
  readonly size: number;
  readonly finding: Finding;
}

/** All rules a roster breaks at `now`, each at its line of the roster. `rosters`: both sides, for what @environment means. */
export function breachesOf(
  roster: Roster,
  rules: ReviewRules,
  now: Date,
  rosters: readonly Roster[],
): readonly Breach[] {
  return [
    ...rules.holders.flatMap((rule) => tooManyHolders(roster, rule, now, rosters)),
    ...roster.people.flatMap((person) =>
      person.grants
        .filter(({ until }) => until === undefined || Date.parse(until) > now.getTime())
        .flatMap((grant) =>
          rules.grants
            .filter((rule) => means(rule, grant, rosters))
            .flatMap((rule) => grantBreaches(person, grant, rule, now)),
        ),
    ),
  ];
}

/** Breaches of the head that the base did not have, or had less of, and those that stood before. Each once. */
export function newBreaches(
  head: readonly Breach[],
  base: readonly Breach[],
): { readonly fresh: readonly Finding[]; readonly standing: readonly Finding[] } {
  const before = new Map<string, number>();
  for (const { identity, size } of base) before.set(identity, Math.max(size, before.get(identity) ?? 0));
  const once = [...new Map(head.map((breach) => [breach.identity, breach])).values()];
  const isNew = ({ identity, size }: Breach) => size > (before.get(identity) ?? -1);
  return {
    fresh: once.filter(isNew).map(({ finding }) => finding),
    standing: once.filter((breach) => !isNew(breach)).map(({ finding }) => ({ ...finding, severity: "warning" })),
  };
}

function tooManyHolders(roster: Roster, rule: HoldersRule, now: Date, rosters: readonly Roster[]): readonly Breach[] {
  const counts = new Map<string, number>();
  for (const { cells } of compileMatrix(roster, now).rows)
    for (const { account, tiers } of cells)
      for (const { tier } of tiers)
        if (means(rule, { account, tier }, rosters)) {
          const key = JSON.stringify([account, tier]);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
  const places = new Map(roster.accounts.map(({ key, place }) => [key, place]));
  return [...counts]
    .filter(([, count]) => count > rule.most)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, count]) => {
      const [account, tier] = JSON.parse(key) as [string, string];
      const message = `${countOf(count, "person", "people")} would hold ${tier} in ${account}, and ${at(rule.place)} allows ${rule.most}`;
      const place = places.get(account) ?? roster.userAccount.place;
      return breach("too-many-holders", place, message, [key, rule.most], count);
    });
}

const DAY_MS = 86_400_000;

function grantBreaches(person: Person, grant: Grant, rule: GrantRule, now: Date): readonly Breach[] {
  const what = `the grant of ${grant.tier} in ${grant.account} to ${quote(person.key)}`;
  const { until, reason, place, account, tier } = grant;
  const found: Breach[] = [];
  const add = (code: string, message: string) =>
    found.push(breach(code, place, `${what} ${message} (${at(rule.place)})`, [person.key, account, tier, until]));
  if (rule.until && until === undefined) add("end-required", "must end; add until");
  const longest = rule.longestDays;
  if (until !== undefined && longest !== undefined && Date.parse(until) > now.getTime() + longest * DAY_MS)
    add("grant-too-long", `ends ${until}, and may last ${longest} days from today at most; end it earlier`);
  if (rule.reason && reason === undefined) add("reason-required", "must say why; add reason");
  return found;
}

function breach(code: string, place: Place, message: string, identity: readonly unknown[], size = 0): Breach {
  return { identity: JSON.stringify([code, ...identity]), size, finding: { code, severity: "error", place, message } };
}

function at({ file, line }: Place): string {
  return `${file}:${line}`;
}
