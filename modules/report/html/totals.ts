import type { Column, Total } from "../picture/picture";
import { count } from "../../words";
import { classAttribute } from "./attributes";
import { SHADE_CLASS } from "./cell";
import { escapeHtml } from "../../text";

/** How many people hold which tier in each account. */
export function renderTotals(columns: readonly Column[], edges: readonly string[]): string {
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
