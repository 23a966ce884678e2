import { compileMatrix } from "../../access/matrix";
import { jsonText } from "../json-text";
import { formatFinding } from "../../finding";
import { renderPicture } from "../../report/matrix";
import { buildPicture } from "../../report/picture/build";
import { narrowPicture } from "../../report/picture/narrow";
import type { Picture } from "../../report/picture/picture";
import type { Roster } from "../../roster/roster";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { dayOf } from "./day";
import { type MatrixFilter, wantedOf } from "./matrix-filter";
import { readRoster } from "./read-roster";

export interface MatrixOptions extends MatrixFilter {
  readonly roster?: string;
  readonly json: boolean;
  /** Characters of a line; as long as needed without one. */
  readonly width?: number;
  /** `2026-11-22`, from its first instant in UTC; now without one. */
  readonly date?: string;
}

/** Prints who holds which tier where. Exit 0, or 2 when the roster does not hold or has nothing of that name. */
export async function matrix(context: Context, options: MatrixOptions): Promise<number> {
  const { roster: path, json, width, date } = options;
  const now = date === undefined ? context.now : dayOf(date);
  if (now === undefined) return refuse(context, json, [`invalid day ${quote(date ?? "")}; write it as 2026-11-22`], []);
  const roster = await readRoster({ ...context, now }, path);
  const found = roster.findings.map(formatFinding);
  if (!roster.ok) return refuse(context, json, found, roster.findings);
  for (const line of found) context.stderr(`${line}\n`);
  const filter = wantedOf(roster.value, options);
  if ("wrong" in filter) return refuse(context, json, filter.wrong, []);
  const picture = narrowPicture(buildPicture(roster.value, now), filter.wanted);
  if (picture.groups.length === 0 && !json) context.stderr("nobody in the roster matches\n");
  else if (json) context.stdout(jsonText("matrix", { ok: true, ...dataOf(roster.value, now, picture) }));
  else context.stdout(renderPicture(picture, width));
  return 0;
}

function refuse(context: Context, json: boolean, reasons: readonly string[], findings: readonly object[]): number {
  for (const reason of reasons) context.stderr(`${reason}\n`);
  const why = findings.length > 0 ? { findings } : { findings, reasons };
  if (json) context.stdout(jsonText("matrix", { ok: false, ...why }));
  return 2;
}

/** What the picture shows, sorted by code unit; holders of each tier in each account. */
function dataOf(roster: Roster, now: Date, { columns, groups, marks }: Picture): object {
  const [keys, tiers] = [columns.map(({ account }) => account), marks.map(({ tier }) => tier)];
  const people = groups.flatMap(({ rows }) => rows.map(({ person }) => person));
  const [accounts, shown, held] = [new Set(keys), new Set(people), new Set(tiers)];
  const { rows, ...whole } = compileMatrix(roster, now);
  const cellsOf = (cells: (typeof rows)[number]["cells"]) =>
    cells
      .filter(({ account }) => accounts.has(account))
      .map((cell) => ({ ...cell, tiers: cell.tiers.filter(({ tier }) => held.has(tier)) }));
  return {
    accounts: whole.accounts.filter((account) => accounts.has(account)),
    rows: rows.filter(({ person }) => shown.has(person)).map((row) => ({ ...row, cells: cellsOf(row.cells) })),
    totals: columns.flatMap(({ account, totals }) =>
      totals.map(({ mark, holders }) => ({ account, tier: mark.tier, holders })),
    ),
  };
}
