import { isDifferent } from "../picture/build";
import type { TierMark } from "../picture/marks";
import type { Group, PicturedTier, Row } from "../picture/picture";
import { compareText, escapeHtml } from "../../text";
import { countOf } from "../../words";
import { classAttribute } from "./attributes";
import { renderCell, SHADE_CLASS } from "./cell";
import { escapeBreakable } from "./escape";
import { peopleCountText } from "./people";

/** What every group of a table has in common. */
export interface TableContext {
  /** Classes of each column. */
  readonly edges: readonly string[];
  /** Of each group, "" for people without one. */
  readonly teams: readonly string[];
  readonly compared: boolean;
  /** Narrow columns under upright names. */
  readonly upright: boolean;
  /** Only teams at first. */
  readonly shut: boolean;
}

/** A team and its people. `later`: out of sight until somebody asks for more teams. */
export function renderGroup(group: Group, later: boolean, context: TableContext): string {
  const { edges, compared, shut } = context;
  const team = group.team ?? "";
  const same = compared && !group.rows.some(isDifferent);
  const classes = [shut ? "shut" : "", shut && later ? "more" : "", same ? "same" : ""];
  return `<tbody${classAttribute(...classes)} data-team="${escapeHtml(team)}">
${renderGroupHead(group, edges)}
${group.rows.map((row) => renderRow(row, team, context)).join("\n")}</tbody>`;
}

function renderGroupHead({ team, rows, elsewhere, change }: Group, edges: readonly string[]): string {
  const name = team === undefined ? "No team" : team;
  const note = change === undefined ? "" : ` <em>${change}</em>`;
  const cells = edges.map((classes, index) => {
    const chips = tally(rows.flatMap(({ cells: own }) => own[index]?.held[0] ?? []));
    return `<td${classAttribute(classes)}>${chips}`;
  });
  const others =
    elsewhere.length === 0
      ? ""
      : `<small>${countOf(elsewhere.length, "more member", "more members")} under ${escapeHtml([...new Set(elsewhere.map((each) => each.team))].join(", "))}</small>`;
  return `<tr class="team"><th scope=rowgroup><span>${escapeHtml(name)}</span>${note} <small class="size">${peopleCountText(rows)}</small>${others}${cells.join("")}<td>`;
}

/** How many of the team have which tier as their strongest: `3 A`, `12 O`. */
function tally(tops: readonly PicturedTier[]): string {
  const marks = [...new Set(tops.map(({ mark }) => mark))];
  return marks
    .map((mark) => ({ mark, people: tops.filter((top) => top.mark === mark).length }))
    .sort((a, b) => shadeOrder(a.mark) - shadeOrder(b.mark) || compareText(a.mark.tier, b.mark.tier))
    .map(
      ({ mark, people }) =>
        `<b class="${SHADE_CLASS[mark.shade]}" aria-hidden=true>${people}<span>${escapeHtml(mark.letter)}</span></b><i>${people} ${escapeHtml(mark.tier)} </i>`,
    )
    .join("");
}

function shadeOrder({ shade }: TierMark): number {
  return Object.keys(SHADE_CLASS).indexOf(shade);
}

function renderRow(row: Row, home: string, { edges, teams, compared, upright }: TableContext): string {
  const { person, index, cells, change } = row;
  const same = compared && !isDifferent(row) ? "same" : "";
  const numbers = row.teams.map((team) => teams.indexOf(team)).join(" ");
  const others = row.teams.filter((team) => team !== home);
  const also = others.length === 0 ? "" : `<small>also ${escapeHtml(others.join(", "))}</small>`;
  const note = change === undefined ? "" : ` <em>${change === "gone" ? "left" : "new"}</em>`;
  const name = `<th scope=row><a href="#p${index}">${escapeBreakable(person)}</a>${note}${also}`;
  const drawn = cells.map((cell, column) => renderCell(cell, edges[column] ?? "", upright));
  const reach = cells.filter(({ held }) => held.length > 0).length;
  return `<tr${classAttribute(same, change)} data-g="${numbers}">${name}${drawn.join("")}<td class="sum">${reach}`;
}
