import type { Roster } from "../roster/roster";
import { heldText } from "./held-text";
import { buildPicture } from "./picture/build";
import type { Cell, Group, Picture } from "./picture/picture";
import { cutAll, distinctWidth } from "./terminal/cut";
import { drawTable, type TextRow, type TextTable } from "./terminal/table";
import { layOut } from "./terminal/layout";

/** Names of accounts are cut to this where letters stand for tiers, unless two would look the same. */
const LETTER_COLUMN = 14;
const INDENT = "  ";

/**
 * The access matrix as text: people under their teams, a column for each account, production last, `-` without access, and
 * the holders of each tier. With `columns`, 40 at least, no line is longer: tiers become letters, and accounts that do not fit
 * next to each other go below each other.
 */
export function renderMatrix(roster: Roster, now: Date, columns?: number): string {
  return renderPicture(buildPicture(roster, now), columns);
}

/** The same of a picture, which may be a part of a roster's. */
export function renderPicture(picture: Picture, columns = Number.POSITIVE_INFINITY): string {
  const words = tableOf(picture, wordsOf);
  const widths = words.head.map((head, index) => widest(words.rows, index, head.length));
  const names = nameWidth(words, columns);
  const wide = layOut(names, widths, columns);
  if (wide.blocks.length === 1 && wide.names === names) return drawTable(words, wide);
  const short = tableOf(picture, lettersOf);
  const heads = Math.min(distinctWidth(short.head, LETTER_COLUMN), columns - LETTER_COLUMN - INDENT.length);
  const cells = short.head.map((head, index) => widest(short.rows, index, Math.min(head.length, heads)));
  const table = { ...short, head: cutAll(short.head, heads) };
  return `${drawTable(table, layOut(names, cells, columns))}\n${legend(picture, columns)}`;
}

/** As wide as the longest name, and half a line at most, unless two people would look the same. */
function nameWidth({ rows }: TextTable, columns: number): number {
  const names = rows.flatMap(({ name, cells }) => (cells === "heading" ? [] : [name]));
  const longest = Math.max(...names.map((name) => name.length));
  const half = Math.floor(columns / 2);
  return longest <= half ? longest : distinctWidth(names, half);
}

type CellText = (cell: Cell) => string;

/** `operator until 2027-01-15, spectator`. */
const wordsOf: CellText = ({ held }) => heldText(held) || "-";

/** `O* S`, with an asterisk after what ends. */
const lettersOf: CellText = ({ held }) =>
  held.map(({ mark, until }) => (until === undefined ? mark.letter : `${mark.letter}*`)).join(" ") || "-";

const RULE: TextRow = { name: "", cells: "rule" };

function tableOf({ columns, groups, marks }: Picture, text: CellText): TextTable {
  return {
    head: columns.map(({ account }) => account),
    rows: [
      RULE,
      ...groups.flatMap((group): readonly TextRow[] => [
        { name: teamText(group), cells: "heading" },
        ...group.rows.map(({ person, cells }) => ({ name: INDENT + person, cells: cells.map(text) })),
      ]),
      RULE,
      ...marks.map(({ tier }, index) => ({
        name: `${tier}s`,
        cells: columns.map(({ totals }) => String(totals[index]?.holders || "-")),
      })),
    ],
  };
}

function teamText({ team, rows, elsewhere }: Group): string {
  const homes = [...new Set(elsewhere.map((each) => each.team))].join(", ");
  return `${team ?? "no team"} (${rows.length}${elsewhere.length === 0 ? "" : `; ${elsewhere.length} more under ${homes}`})`;
}

function widest(rows: readonly TextRow[], column: number, least: number): number {
  return rows.reduce(
    (width, { cells }) => Math.max(width, typeof cells === "string" ? 0 : (cells[column] ?? "").length),
    least,
  );
}

/** What the letters mean, in lines that fit. */
function legend({ marks }: Picture, columns: number): string {
  const words = [...marks.map(({ letter, tier }) => `${letter} ${tier}`), "* ends by itself"];
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + word.length <= columns) lines[lines.length - 1] = `${last}   ${word}`;
    else lines.push(word);
  }
  return `${lines.join("\n")}\n`;
}
