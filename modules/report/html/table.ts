import type { Column, Picture } from "../picture/picture";
import { classAttribute } from "./attributes";
import { edgeClasses, isChangedColumn } from "./edges";
import { escapeHtml } from "../../text";
import { renderGroup, type TableContext } from "./group";
import { renderTotals } from "./totals";

/** More people than this, and a page opens with teams only; a selection that fits is shown person by person. */
const OPEN_ROWS = 150;
/** Rows of a page before anybody asks for more. */
const FIRST_ROWS = 60;

/** Longer lists of accounts, or longer names, stand upright above narrow columns. */
const MAX_WIDE_COLUMNS = 6;
const MAX_WIDE_NAME = 16;
/** More than these need narrow columns to fit on paper. */
const MAX_WIDE_PRINT = 22;

/** People by accounts. End tags that HTML makes optional are left out: a large table has 40,000 cells. */
export function renderTable(picture: Picture): string {
  const { columns, groups, comparison, organization, day } = picture;
  const people = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const upright = columns.length > MAX_WIDE_COLUMNS || columns.some(({ account }) => account.length > MAX_WIDE_NAME);
  const compared = comparison !== undefined;
  const dense = columns.length > MAX_WIDE_PRINT;
  const classes = [upright ? "upright" : "level", ...(dense ? ["dense"] : []), ...(compared ? ["compared"] : [])];
  const edges = edgeClasses(picture);
  const teams = groups.map(({ team = "" }) => team);
  const context: TableContext = { edges, teams, compared, upright, shut: people > OPEN_ROWS };
  const against = comparison === undefined ? "" : `, compared with ${comparison.base}`;
  return `<div class="scroll" role="region" aria-label="Access matrix" tabindex="0" id="matrix" data-open-rows="${OPEN_ROWS}" data-first-rows="${FIRST_ROWS}">
<table class="${classes.join(" ")}">
<caption>People of ${escapeHtml(organization)} and the strongest role each may take in each account on ${day}${escapeHtml(against)}. An empty cell is no access.</caption>
<colgroup><col class="name">${columns.map((_, index) => (compared && !isChangedColumn(picture, index) ? '<col class="same">' : "<col>")).join("")}<col class="sum"></colgroup>
${renderHead(columns, edges)}
${groups.map((group, index) => renderGroup(group, index >= FIRST_ROWS, context)).join("\n")}
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
