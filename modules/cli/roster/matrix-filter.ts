import type { PictureFilter } from "../../report/picture/narrow";
import type { Roster } from "../../roster/roster";
import { didYouMean, quote } from "../../text";

/** Names as they are given to `rolecall matrix`. */
export interface MatrixFilter {
  /** Keys, or `@environment`. */
  readonly account?: readonly string[];
  readonly team?: readonly string[];
  readonly person?: readonly string[];
  readonly tier?: readonly string[];
}

/** What is asked for, or what no such name stands for, one line each. */
export function wantedOf(
  roster: Roster,
  filter: MatrixFilter,
): { readonly wanted: PictureFilter } | { readonly wrong: readonly string[] } {
  const accounts = new Map<string, readonly string[]>(roster.accounts.map(({ key }) => [key, [key]]));
  for (const { key, environment } of roster.accounts)
    if (environment !== undefined) accounts.set(`@${environment}`, [...(accounts.get(`@${environment}`) ?? []), key]);
  const wrong: string[] = [];
  const chosen = (
    what: "account" | "team" | "person" | "tier",
    given: readonly string[] | undefined,
    known: ReadonlyMap<string, readonly string[]>,
  ) => {
    const cure = what === "tier" ? "; see tiers in the roster" : "; rolecall matrix lists them";
    for (const name of given ?? [])
      if (!known.has(name)) wrong.push(`unknown ${what} ${quote(name)}${didYouMean(name, known.keys()) || cure}`);
    return given && new Set(given.flatMap((name) => known.get(name) ?? []));
  };
  const keys = (all: readonly { readonly key: string }[]) => new Map(all.map(({ key }) => [key, [key]]));
  const wanted = {
    accounts: chosen("account", filter.account, accounts),
    teams: chosen("team", filter.team, keys(roster.teams)),
    people: chosen("person", filter.person, keys(roster.people)),
    tiers: chosen("tier", filter.tier, keys(roster.tiers)),
  };
  return wrong.length > 0 ? { wrong } : { wanted: withoutAbsent(wanted) };
}

/** Without the keys whose value is undefined. */
function withoutAbsent(
  wanted: { readonly [key in keyof PictureFilter]: PictureFilter[key] | undefined },
): PictureFilter {
  return Object.fromEntries(Object.entries(wanted).filter(([, names]) => names !== undefined));
}
