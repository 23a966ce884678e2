import { compareNaturally } from "../../text";
import type { Group, Row } from "./picture";

/**
 * Rows under their teams, teams by name, people without a team last. A person of several teams is under the smallest of
 * them (by name, when equal): that says most about the person.
 */
export function groupRows(rows: readonly Row[], teams: readonly string[]): readonly Group[] {
  const members = new Map([...teams].sort(compareNaturally).map((team) => [team, [] as Row[]]));
  for (const row of rows) for (const team of row.teams) members.get(team)?.push(row);
  const homes = new Map(rows.map((row) => [row, homeOf(row, members)]));
  const groups = [...members].map(([team, all]): Group => {
    const elsewhere = all.flatMap((row) => {
      const home = homes.get(row);
      return home === undefined || home === team || row.change === "gone" ? [] : [{ person: row.person, team: home }];
    });
    return { team, rows: all.filter((row) => homes.get(row) === team), elsewhere };
  });
  const homeless = rows.filter((row) => homes.get(row) === undefined);
  return homeless.length === 0 ? groups : [...groups, { rows: homeless, elsewhere: [] }];
}

function homeOf(row: Row, members: ReadonlyMap<string, readonly Row[]>): string | undefined {
  const size = (team: string) => members.get(team)?.length ?? Number.POSITIVE_INFINITY;
  return [...row.teams]
    .filter((team) => members.has(team))
    .sort((a, b) => size(a) - size(b) || compareNaturally(a, b))[0];
}
