import { compileMatrix } from "../../access/matrix";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { renderPicture } from "../../report/matrix";
import { buildPicture } from "../../report/picture/build";
import { narrowPicture } from "../../report/picture/narrow";
import type { Picture } from "../../report/picture/picture";
import type { Roster } from "../../roster/roster";
import { define } from "../command";
import { dateFlag, jsonFlag, rosterFlag, wholeNumber } from "../flags";
import { expectDay } from "./day";
import { wantedOf } from "./matrix-filter";
import { expectRoster } from "./read-roster";

/** Who holds which tier where. Exit 0, or 2 when the roster does not hold or has nothing of that name. */
export const matrix = define(
  {
    name: "matrix",
    about: "print who holds which tier in which account, today or on another day",
    schemaVersion: 2,
    usage: (command) =>
      command
        .option("--account <key...>", "only these accounts, or those of an @environment")
        .option("--team <name...>", "only members of these teams")
        .option("--person <name...>", "only these people")
        .option("--tier <name...>", "only these tiers, and who holds one of them")
        .addOption(dateFlag())
        .addOption(rosterFlag())
        .option("--width <n>", "characters of a line (default: the terminal's width, otherwise no limit)", (text) =>
          wholeNumber(text, { least: MIN_WIDTH, most: 10_000 }),
        )
        .addOption(jsonFlag()),
  },
  async (context, { roster: path, date, width = widthOf(context), ...filter }) => {
    const now = date === undefined ? context.now : expectDay(date);
    const { roster, findings } = await expectRoster({ ...context, now }, path);
    const wanted = wantedOf(roster, filter);
    if ("wrong" in wanted) throw new Refusal(wanted.wrong);
    const picture = narrowPicture(buildPicture(roster, now), wanted.wanted);
    const data = { ok: true, ...dataOf(roster, now, picture) };
    if (picture.groups.length === 0) return { exit: 0, data, findings, talk: ["nobody in the roster matches"] };
    return { exit: 0, data, findings, text: renderPicture(picture, width) };
  },
);

/** A name and one account's letter need as much. */
const MIN_WIDTH = 40;

/** As long as needed without a terminal, or with one that does not tell. */
function widthOf({ columns }: Context): number | undefined {
  return columns === undefined ? undefined : Math.max(MIN_WIDTH, columns);
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
