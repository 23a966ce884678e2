import { heldText } from "./held-text";
import { SHADE_CLASS } from "./html/cell";
import { escapeHtml } from "../text";
import { ownSign } from "./own-sign";
import type { Cell, Picture, Row } from "./picture/picture";

/** Pixels. */
const ROW = 30;
const COLUMN = 120;
/** Of the widest usual font. */
const CHARACTER = 8.6;
const MIN_WIDTH = 600;
const PAD = 20;
const HEAD = 40;
const LEGEND = 64;

/**
 * A small picture as SVG: people under their teams, a column for each account, its own card beneath, so it is on light and dark
 * pages alike. `colours`: the report's style sheet of custom properties.
 */
export function renderSvg(picture: Picture, colours: string): string {
  const { organization, columns, groups } = picture;
  const lines = groups.flatMap(({ team, rows }) => [{ team: team ?? "no team" }, ...rows.map((row) => ({ row }))]);
  const longest = Math.max(...groups.flatMap(({ rows }) => rows.map(({ person }) => person.length)), 12);
  const names = Math.ceil(PAD + 16 + longest * CHARACTER);
  const column = Math.max(COLUMN, Math.floor((MIN_WIDTH - names - PAD) / Math.max(columns.length, 1)));
  const width = names + columns.length * column + PAD;
  const height = HEAD + lines.length * ROW + LEGEND;
  const body = lines.map((line, index) => {
    const top = HEAD + index * ROW;
    return "row" in line ? drawRow(line.row, top, { names, column }) : drawTeam(line.team, top, width);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">Who may take which role in the accounts of ${escapeHtml(organization)}</title>
<desc id="desc">${escapeHtml(describe(picture))}</desc>
<style>${colours}
${STYLE}</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>
${columns.map(({ account }, index) => `<text class="head" x="${names + index * column + column / 2}" y="26" text-anchor="middle">${escapeHtml(account)}</text>`).join("\n")}
${body.join("\n")}
${drawRule(picture, { names, column }, HEAD + lines.length * ROW)}
${drawLegend(picture, height - LEGEND + 28)}
</svg>
`;
}

const STYLE = `text{font:14px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
.card{fill:var(--page);stroke:var(--line)}.band{fill:var(--band)}.rule{stroke:var(--ink);stroke-width:3}.ends{fill:none;stroke-width:1.5}
.head,.team,.letter{font-weight:600}.small{font-size:12px;fill:var(--muted)}.empty{fill:var(--empty)}
${Object.values(SHADE_CLASS)
  .map(
    (name) =>
      `.${name}{fill:var(--${name})}.${name}-ink,.stays.${name}-line{fill:var(--${name}-ink)}.ends.${name}-line{stroke:var(--${name}-ink)}`,
  )
  .join("")}`;

function drawTeam(team: string, top: number, width: number): string {
  return `<rect class="band" x="1" y="${top}" width="${width - 2}" height="${ROW}"/><text class="team" x="${PAD}" y="${top + 20}">${escapeHtml(team)}</text>`;
}

/** Width of the names and of each account. */
interface Widths {
  readonly names: number;
  readonly column: number;
}

function drawRow({ person, cells }: Row, top: number, { names, column }: Widths): string {
  const drawn = cells.map((cell, index) => drawCell(cell, names + index * column, top, column));
  return `<text x="${PAD + 14}" y="${top + 20}">${escapeHtml(person)}</text>${drawn.join("")}`;
}

function drawCell({ held }: Cell, left: number, top: number, width: number): string {
  const box = (name: string) =>
    `<rect class="${name}" x="${left + 4}" y="${top + 2}" width="${width - 8}" height="${ROW - 4}" rx="4"/>`;
  const [strongest] = held;
  if (strongest === undefined) return box("empty");
  const name = SHADE_CLASS[strongest.mark.shade];
  const more = held.length > 1 ? `<tspan dy="-4" font-size="10">+</tspan>` : "";
  const sign = ownSign(held);
  const mark =
    sign === undefined ? "" : `<circle class="${sign} ${name}-line" cx="${left + width - 12}" cy="${top + 9}" r="3"/>`;
  return `${box(name)}<text class="letter ${name}-ink" x="${left + width / 2}" y="${top + 20}" text-anchor="middle">${escapeHtml(strongest.mark.letter)}${more}</text>${mark}`;
}

/** The heavy line before production. */
function drawRule({ columns }: Picture, { names, column }: Widths, bottom: number): string {
  const first = columns.findIndex(({ production }) => production);
  if (first < 1) return "";
  const x = names + first * column;
  return `<line class="rule" x1="${x}" y1="10" x2="${x}" y2="${bottom}"/>`;
}

function drawLegend({ marks, day }: Picture, y: number): string {
  const tiers = marks.map(({ letter, tier }) => `${letter} ${tier}`);
  const lines = [
    [...tiers, `on ${day}`],
    ["+ further tiers as well", "● a grant of the person’s own", "○ … that ends by itself"],
  ];
  return lines
    .map(
      (words, index) => `<text class="small" x="${PAD}" y="${y + index * 20}">${escapeHtml(words.join(" · "))}</text>`,
    )
    .join("\n");
}

function describe({ columns, groups }: Picture): string {
  const people = groups.flatMap(({ rows }) => rows);
  return people
    .map(({ person, cells }) => {
      const held = cells.flatMap((cell, index) =>
        cell.held.length === 0 ? [] : [`${heldText(cell.held)} in ${columns[index]?.account ?? ""}`],
      );
      return `${person}: ${held.join("; ") || "nothing"}.`;
    })
    .join(" ");
}
