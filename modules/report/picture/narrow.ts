import type { Cell, Column, Group, Picture, Row } from "./picture";

/** What of a picture is asked for; what is absent may be any. */
export interface PictureFilter {
  readonly accounts?: ReadonlySet<string>;
  readonly teams?: ReadonlySet<string>;
  readonly people?: ReadonlySet<string>;
  readonly tiers?: ReadonlySet<string>;
}

/** The picture of what is asked for: totals count the people shown. Asked for tiers, it leaves out who holds none of them. */
export function narrowPicture(picture: Picture, wanted: PictureFilter): Picture {
  const isWanted = (names: ReadonlySet<string> | undefined, name: string) => names?.has(name) ?? true;
  const places = picture.columns.flatMap(({ account }, index) => (isWanted(wanted.accounts, account) ? [index] : []));
  const marks = picture.marks.filter(({ tier }) => isWanted(wanted.tiers, tier));
  const cellOf = ({ held, ...cell }: Cell): Cell => ({
    ...cell,
    held: held.filter(({ mark }) => isWanted(wanted.tiers, mark.tier)),
  });
  const rowsOf = ({ rows }: Group): readonly Row[] =>
    rows
      .filter(({ person, teams }) => isWanted(wanted.people, person) && teamIsWanted(wanted.teams, teams))
      .map((row) => ({ ...row, cells: places.flatMap((index) => row.cells[index] ?? []).map(cellOf) }))
      .filter(({ cells }) => wanted.tiers === undefined || cells.some(({ held }) => held.length > 0));
  const groups = picture.groups.map((group) => ({ ...group, rows: rowsOf(group) }));
  const rows = groups.flatMap((group) => group.rows);
  const shown = new Set(rows.map(({ person }) => person));
  return {
    ...picture,
    marks,
    columns: places.flatMap((place, index) => {
      const column = picture.columns[place];
      return column === undefined ? [] : [countAgain(column, rows, index, wanted.tiers)];
    }),
    groups: groups
      .filter((group) => group.rows.length > 0)
      .map((group) => ({ ...group, elsewhere: group.elsewhere.filter(({ person }) => shown.has(person)) })),
  };
}

function teamIsWanted(wanted: ReadonlySet<string> | undefined, teams: readonly string[]): boolean {
  return wanted === undefined || teams.some((team) => wanted.has(team));
}

function countAgain(
  column: Column,
  rows: readonly Row[],
  index: number,
  tiers: ReadonlySet<string> | undefined,
): Column {
  const totals = column.totals
    .filter(({ mark }) => tiers?.has(mark.tier) ?? true)
    .map((total) => ({
      ...total,
      holders: rows.filter(({ cells }) => cells[index]?.held.some(({ mark }) => mark.tier === total.mark.tier)).length,
    }));
  return { ...column, totals };
}
