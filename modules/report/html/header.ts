import { isDifferent, isPresent } from "../picture/build";
import { CHANGE_KINDS, type Picture } from "../picture/picture";
import { count, countOf } from "../../words";
import { CHANGE_WORDS, SHADE_CLASS } from "./cell";
import { escapeHtml } from "../../text";
import { goneText } from "./people";

/** The organization, what the page shows, and the counts. */
export function renderHeader(picture: Picture): string {
  const { organization, day, comparison } = picture;
  const lead =
    comparison === undefined
      ? `Who may take which role in which AWS account on <time datetime="${day}">${day}</time>`
      : `How access changes against <code>${escapeHtml(comparison.base)}</code>, on <time datetime="${day}">${day}</time>`;
  return `<header>
<h1>${escapeHtml(organization)}</h1>
<p class="lead">${lead}</p>
${comparison === undefined ? "" : renderComparison(picture)}<dl class="counts">
${figures(picture).map(renderFigure).join("\n")}
</dl>
</header>`;
}

interface Figure {
  readonly value: number;
  readonly one: string;
  readonly several: string;
  readonly kind?: string;
}

function figures({ groups, columns, comparison }: Picture): readonly Figure[] {
  const all = groups.flatMap((group) => group.rows);
  const rows = all.filter(isPresent);
  const teams = groups.filter(({ team }) => team !== undefined);
  const holding = (shade: string) =>
    rows.filter(({ cells }) => cells.some(({ held }) => held.some(({ mark }) => mark.shade === shade))).length;
  const ways = rows.flatMap(({ cells }) => cells.flatMap(({ held }) => held.flatMap((each) => each.ways)));
  const own = ways.filter(({ team }) => team === undefined);
  const ends = own.filter(({ until }) => until !== undefined).length;
  const some = ends < own.length ? `${count(ends)} ` : ends > 1 ? "all " : "";
  const ending = ends === 0 ? "" : `, ${some}with an end`;
  const changes: readonly Figure[] =
    comparison === undefined
      ? []
      : CHANGE_KINDS.filter((kind) => kind !== "other" || comparison.other > 0).map((kind) => {
          const word = kind === "other" ? "changed otherwise" : CHANGE_WORDS[kind];
          return { value: comparison[kind], one: word, several: word, kind };
        });
  return [
    ...changes,
    present(all, "person", "people", "who left"),
    present(columns, "account", "accounts", "gone"),
    present(teams, "team", "teams", "gone"),
    { value: holding("administrator"), one: "administrator", several: "administrators" },
    { value: own.length, one: `own grant${ending}`, several: `own grants${ending}` },
  ];
}

/** What the roster has; what only the base has is named apart. */
function present(
  all: readonly { readonly change?: "new" | "gone" }[],
  one: string,
  several: string,
  what: string,
): Figure {
  const value = all.filter(isPresent).length;
  const gone = goneText(all.length - value, what);
  return { value, one: one + gone, several: several + gone };
}

function renderFigure({ value, one, several, kind }: Figure): string {
  const label = value === 1 ? one : several;
  return `<div${kind === undefined ? "" : ` class="${kind}"`}><dt>${label}</dt><dd>${count(value)}</dd></div>`;
}

/** What changes besides the cells, so that nobody takes an unchanged cell for unchanged rights. */
function renderComparison(picture: Picture): string {
  const { comparison } = picture;
  if (comparison === undefined) return "";
  const { people, notes } = comparison;
  const headline = people === 0 ? unchangedText(picture) : `Access changes for ${countOf(people, "person", "people")}.`;
  const list = notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("");
  const others = notes.length === 0 ? "" : `<p>Other changes, which no cell shows:</p><ul>${list}</ul>`;
  return `<div class="comparison"><p>${headline}</p>${others}</div>\n`;
}

function unchangedText({ groups, columns, comparison }: Picture): string {
  const beside = columns.some(({ change }) => change !== undefined) || (comparison?.notes.length ?? 0) > 0;
  const rows = groups.flatMap((group) => group.rows);
  return beside || rows.some(isDifferent)
    ? "Nobody gains or loses a role."
    : "Nothing changes: everybody keeps the roles they have.";
}

/** What the letters and marks mean. */
export function renderLegend({ marks, columns, comparison }: Picture): string {
  const tiers = marks.map(
    ({ tier, letter, shade }) =>
      `<li><b class="${SHADE_CLASS[shade]}" aria-hidden=true>${escapeHtml(letter)}</b> ${escapeHtml(tier)}</li>`,
  );
  const signs = [
    '<li><b class="none"></b> no access</li>',
    '<li><b class="to own" aria-hidden=true>O</b> a grant of the person’s own</li>',
    '<li><b class="to own ends" aria-hidden=true>O</b> … that ends by itself</li>',
    '<li><b class="to" aria-hidden=true>O<sup>+</sup></b> further tiers as well</li>',
  ];
  const changes = [
    '<li><b class="to gained" aria-hidden=true><u>+</u>O</b> gained</li>',
    '<li><b class="to wider" aria-hidden=true>O<u>↑</u></b> wider: more, or for longer</li>',
    '<li><b class="to other" aria-hidden=true>O<u>~</u></b> changed otherwise</li>',
    '<li><b class="ts narrower" aria-hidden=true>S<u>↓</u></b> narrower</li>',
    '<li><b class="to lost" aria-hidden=true><s>O</s></b> lost</li>',
  ];
  const limited = columns.some(({ totals }) => totals.some(({ limit }) => limit !== undefined))
    ? ["<li><strong>1 of 2</strong> holders, and the most the rules allow</li>"]
    : [];
  const limits = columns.some(({ totals }) => totals.some(({ holders, limit = holders }) => holders > limit))
    ? ['<li><strong class="alarm">3 &gt; 2</strong> more holders than the rules allow</li>']
    : [];
  return `<details class="fold" open><summary>Legend</summary><ul class="legend" aria-label="Legend">
${[...tiers, ...signs, ...(comparison === undefined ? [] : changes), ...limited, ...limits].join("\n")}
</ul></details>`;
}
