import { compileMatrix, type HeldTier } from "../access/matrix";
import type { Roster } from "../roster/roster";

/** The access matrix as text: a row for each person, a column for each account, `-` without access, and a legend. */
export function renderMatrix(roster: Roster, now: Date): string {
  const { accounts, rows } = compileMatrix(roster, now);
  const table = [
    ["person", ...accounts],
    ...rows.map(({ person, cells }) => [
      person,
      ...cells.map(({ tiers }) => tiers.map(describeTier).join(", ") || "-"),
    ]),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const [head = [], ...body] = table;
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return `${[line(head), rule, ...body.map(line)].join("\n")}\n`;
}

function describeTier({ tier, until }: HeldTier): string {
  return until === undefined ? tier : `${tier} until ${until.replace("T00:00:00Z", "")}`;
}
