import { isChanged } from "../picture/build";
import type { Column, Group, Picture, Row, Total } from "../picture/picture";
import { count, countOf } from "../words";
import { classAttribute } from "./attributes";
import { renderCell, SHADE_CLASS } from "./cell";
import { edgeClasses, isChangedColumn } from "./edges";
import { escapeBreakable, escapeHtml } from "./escape";

/** More people than this, and a page opens with teams alone; a selection that fits is shown person by person. */
export const OPEN_ROWS = 150;
/** Rows of a page before anybody asks for more. */
export const FIRST_ROWS = 60;

/** Longer lists of accounts, or longer names, stand upright above narrow columns. */
const MAX_WIDE_COLUMNS = 6;
const MAX_WIDE_NAME = 16;
/** More than these need narrow columns to fit on paper. */
const MAX_WIDE_PRINT = 22;

/** People by accounts. End tags that HTML makes optional are left out: a large table has 40,000 cells. */
export function renderTable(picture: Picture): string {
  const { columns, groups, comparison, organization, day } = picture;
  const rows = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const upright = columns.length > MAX_WIDE_COLUMNS || columns.some(({ account }) => account.length > MAX_WIDE_NAME);
  const classes = [
    upright ? "upright" : "level",
    ...(columns.length > MAX_WIDE_PRINT ? ["dense"] : []),
    ...(rows > OPEN_ROWS ? ["large"] : []),
  ].join(" ");
  const edges = edgeClasses(picture);
  const against = comparison === undefined ? "" : `, compared with ${comparison.base}`;
  return `<div class="scroll" role="region" aria-label="Access matrix" tabindex="0" id="matrix">
<table class="${classes}">
<caption>People of ${escapeHtml(organization)} and the strongest role each may take in each account on ${day}${escapeHtml(against)}. An empty cell is no access.</caption>
<colgroup><col class="name">${columns.map((_, index) => (comparison !== undefined && !isChangedColumn(picture, index) ? '<col class="same">' : "<col>")).join("")}<col class="sum"></colgroup>
${renderHead(columns, edges)}
${groups.map((group, index) => renderGroup(group, index, picture, edges)).join("\n")}
${renderTotals(columns, edges)}
</table>
</div>`;
}

function renderHead(columns: readonly Column[], edges: readonly string[]): string {
  const environments = columns.map((column) => column.environment ?? "");
  const starts = environments.flatMap((environment, index) =>
    index === 0 || environment !== environments[index - 1] ? [index] : [],
  );
  const spans = starts.map((start, index) => {
    const length = (starts[index + 1] ?? columns.length) - start;
    const name = environments[start] === "" ? "no environment" : environments[start];
    return `<th scope=colgroup colspan=${length}${classAttribute(edges[start])}><span>${escapeHtml(name ?? "")}</span>`;
  });
  const names = columns.map(({ account, id, change }, index) => {
    const note = change === undefined ? "" : ` <em>${change}</em>`;
    return `<th scope=col${classAttribute(edges[index], change)} title="${escapeHtml(`${account} ${id}`)}"><span>${escapeHtml(account)}${note}</span>`;
  });
  const above = columns.every(({ account, environment = account }) => environment === account)
    ? ""
    : `<tr><td class="corner">${spans.join("")}<td>\n`;
  return `<thead>${above}<tr><th scope=col class="name">Person${names.join("")}<th scope=col class="sum"><span>Accounts</span></thead>`;
}

function renderGroup(group: Group, index: number, picture: Picture, edges: readonly string[]): string {
  const { groups, comparison } = picture;
  const large = groups.reduce((sum, each) => sum + each.rows.length, 0) > OPEN_ROWS;
  const same = comparison !== undefined && !group.rows.some(isChanged);
  const classes = [large ? "shut" : "", large && index >= FIRST_ROWS ? "more" : "", same ? "same" : ""];
  const team = group.team ?? "";
  const teams = picture.groups.map((each) => each.team ?? "");
  return `<tbody${classAttribute(...classes)} data-team="${escapeHtml(team)}">
${renderGroupHead(group, edges)}
${group.rows.map((row) => renderRow(row, team, teams, comparison !== undefined, edges)).join("\n")}</tbody>`;
}

function renderGroupHead({ team, rows, elsewhere }: Group, edges: readonly string[]): string {
  const name = team === undefined ? "No team" : team;
  const cells = edges.map((classes, index) => {
    const chips = tally(rows.flatMap(({ cells: own }) => own[index]?.held[0] ?? []));
    return `<td${classAttribute(classes)}>${chips}`;
  });
  const others =
    elsewhere.length === 0
      ? ""
      : `<small>${countOf(elsewhere.length, "more member", "more members")} under ${escapeHtml([...new Set(elsewhere.map((each) => each.team))].join(", "))}</small>`;
  return `<tr class="team"><th scope=rowgroup><span>${escapeHtml(name)}</span> <small class="size">${countOf(rows.length, "person", "people")}</small>${others}${cells.join("")}<td>`;
}

/** How many of the team have which tier as their strongest: `3 A`, `12 O`. */
function tally(tops: readonly Row["cells"][number]["held"][number][]): string {
  const marks = [...new Set(tops.map(({ mark }) => mark))];
  return marks
    .map((mark) => ({ mark, people: tops.filter((top) => top.mark === mark).length }))
    .sort((a, b) => Object.keys(SHADE_CLASS).indexOf(a.mark.shade) - Object.keys(SHADE_CLASS).indexOf(b.mark.shade))
    .map(
      ({ mark, people }) =>
        `<b class="${SHADE_CLASS[mark.shade]}" aria-hidden=true>${people}<span>${escapeHtml(mark.letter)}</span></b><i>${people} ${escapeHtml(mark.tier)} </i>`,
    )
    .join("");
}

function renderRow(
  row: Row,
  home: string,
  teams: readonly string[],
  compared: boolean,
  edges: readonly string[],
): string {
  const { person, index, cells, change } = row;
  const same = compared && !isChanged(row) ? "same" : "";
  const numbers = row.teams.map((team) => teams.indexOf(team)).join(" ");
  const others = row.teams.filter((team) => team !== home);
  const also = others.length === 0 ? "" : `<small>also ${escapeHtml(others.join(", "))}</small>`;
  const note = change === undefined ? "" : ` <em>${change === "gone" ? "left" : "new"}</em>`;
  const name = `<th scope=row><a href="#p${index}">${escapeBreakable(person)}</a>${note}${also}`;
  const drawn = cells.map((cell, column) => renderCell(cell, edges[column] ?? ""));
  const reach = cells.filter(({ held }) => held.length > 0).length;
  return `<tr${classAttribute(same, change)} data-g="${numbers}">${name}${drawn.join("")}<td class="sum">${reach}`;
}

function renderTotals(columns: readonly Column[], edges: readonly string[]): string {
  const rows = (columns[0]?.totals ?? []).map(({ mark }, index) => {
    const head = `<th scope=row><b class="${SHADE_CLASS[mark.shade]}" aria-hidden=true>${escapeHtml(mark.letter)}</b> ${escapeHtml(mark.tier)}s`;
    const cells = columns.map(({ totals }, column) => {
      const total = totals[index];
      return total === undefined ? "<td>" : renderTotal(total, edges[column] ?? "");
    });
    return `<tr>${head}${cells.join("")}<td>`;
  });
  return `<tfoot>
${rows.join("\n")}</tfoot>`;
}

/** `4 > 2`: above the limit; `3→4`: one more than before. */
function renderTotal({ holders, before, limit }: Total, classes: string): string {
  const over = limit !== undefined && holders > limit;
  const now = holders === 0 ? '<span class="none">0</span>' : count(holders);
  const was = before === undefined ? "" : `<span aria-hidden=true><s>${count(before)}</s>→</span>`;
  const sign = over ? "&gt;" : "of";
  const most = limit === undefined ? "" : `<span aria-hidden=true> ${sign} ${count(limit)}</span>`;
  const words = [
    ...(before === undefined ? [] : [`was ${count(before)}`]),
    ...(limit === undefined ? [] : [over ? `above the limit of ${count(limit)}` : `the limit is ${count(limit)}`]),
  ];
  const spoken = words.length === 0 ? "" : `<i>, ${words.join(", ")}</i>`;
  return `<td${classAttribute(classes, over ? "over" : "")}>${was}${now}${most}${spoken}`;
}
