import type { Roster } from "../../roster/roster";
import { compareNaturally } from "../../text";
import { comparedCell, plainCell } from "./cells";
import { type ColumnAccount, orderColumns } from "./columns";
import { groupRows } from "./groups";
import { type PersonHoldings, holders } from "./held";
import { markTiers } from "./marks";
import type { ChangeKind, Comparison, Group, Picture, Row } from "./picture";
import { type Limit, totalsOf } from "./totals";

/** What a picture is compared with. */
export interface Base {
  readonly name: string;
  readonly roster: Roster;
  /** Sentences about what changes besides who holds what. */
  readonly notes: readonly string[];
}

/** The picture of a roster at `now`, next to that of a base. Pure: equal arguments, equal picture. */
export function buildPicture(
  roster: Roster,
  now: Date,
  { base, limits = [] }: { readonly base?: Base | undefined; readonly limits?: readonly Limit[] } = {},
): Picture {
  const marks = markTiers([...roster.tiers, ...(base?.roster.tiers ?? [])]);
  const accounts = orderColumns(roster.accounts, base?.roster.accounts);
  const rows = buildRows(
    accounts,
    holders(roster, now, marks),
    base === undefined ? undefined : holders(base.roster, now, marks),
  );
  const columns = accounts.map(({ account: { key, id, environment }, production, change }, index) => ({
    account: key,
    id,
    production,
    totals: totalsOf(
      key,
      rows.flatMap(({ cells }) => cells[index] ?? []),
      marks,
      limits,
    ),
    ...(environment === undefined ? {} : { environment }),
    ...(change === undefined ? {} : { change }),
  }));
  const picture = { organization: roster.organization, day: now.toISOString().slice(0, 10), columns, marks };
  const groups = groupRows(rows, teamsOf(roster, base?.roster, rows)).map((group) =>
    markGroup(group, roster, base?.roster),
  );
  return { ...picture, groups, ...(base === undefined ? {} : { comparison: compare(base, groups) }) };
}

function buildRows(
  accounts: readonly ColumnAccount[],
  head: ReadonlyMap<string, PersonHoldings>,
  base: ReadonlyMap<string, PersonHoldings> | undefined,
): readonly Row[] {
  const people = [...new Set([...head.keys(), ...(base?.keys() ?? [])])].sort(compareNaturally);
  return people.map((person, index) => {
    const now = head.get(person);
    const before = base?.get(person);
    const known = now ?? before;
    if (known === undefined) throw new Error(`${person} is in neither roster`);
    const change = now === undefined ? "gone" : base !== undefined && before === undefined ? "new" : undefined;
    const cells = accounts.map(({ account: { key } }) =>
      base === undefined ? plainCell(now?.held.get(key)) : comparedCell(before?.held.get(key), now?.held.get(key)),
    );
    const { teams, place } = known.person;
    return { person, index, teams, place, cells, ...(change === undefined ? {} : { change }) };
  });
}

/** Teams of the roster, and those of the base that somebody who left was in. */
function teamsOf(roster: Roster, base: Roster | undefined, rows: readonly Row[]): readonly string[] {
  const used = new Set(rows.flatMap(({ teams }) => teams));
  const before = (base?.teams ?? []).filter(({ key }) => used.has(key));
  return [...new Set([...roster.teams, ...before].map(({ key }) => key))];
}

function markGroup(group: Group, roster: Roster, base: Roster | undefined): Group {
  const isIn = (side: Roster) => side.teams.some(({ key }) => key === group.team);
  if (group.team === undefined || base === undefined) return group;
  if (!isIn(roster)) return { ...group, change: "gone" };
  return isIn(base) ? group : { ...group, change: "new" };
}

function compare({ name, notes }: Base, groups: readonly Group[]): Comparison {
  const rows = groups.flatMap((group) => group.rows);
  const kinds = rows.flatMap(({ cells }) => cells.flatMap(({ change }) => change?.kind ?? []));
  const count = (kind: ChangeKind) => kinds.filter((each) => each === kind).length;
  const [wider, other, narrower] = [count("wider"), count("other"), count("narrower")];
  return {
    base: name,
    gained: count("gained"),
    lost: count("lost"),
    changed: wider + other + narrower,
    wider,
    other,
    narrower,
    people: rows.filter(isChanged).length,
    notes,
  };
}

/** True unless it is only in the base. */
export function isPresent({ change }: { readonly change?: "new" | "gone" }): boolean {
  return change !== "gone";
}

/** True when at least one cell of the person differs from the base's. */
export function isChanged({ cells }: Row): boolean {
  return cells.some(({ change }) => change !== undefined);
}

/** The same, or the person came or left, though without access to any account. */
export function isDifferent(row: Row): boolean {
  return row.change !== undefined || isChanged(row);
}
