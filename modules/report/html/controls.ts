import { isDifferent } from "../picture/build";
import type { Picture } from "../picture/picture";
import { escapeHtml } from "../../text";
import { peopleCountText } from "./people";

/** Search and filters. All but "changed only" need the script, and are hidden without it. */
export function renderControls({ groups, columns, marks, comparison }: Picture): string {
  const teams = groups.map(({ team }) => (team === undefined ? option("-", "no team") : option(team, team)));
  const tiers = marks.map(({ tier, letter }) => option(tier, tier, ` data-letter="${escapeHtml(letter)}"`));
  const accounts = columns.map(({ account }) => option(account, account));
  return `<div class="controls" role="search" aria-label="People">
<label class="find scripted"><span>Search</span><input id="q" type="search" placeholder="name or team" autocomplete="off" spellcheck="false"></label>
<details class="fold scripted" open><summary>Filters</summary><div>
${select("team", "Team", "every team", teams)}
${select("tier", "Tier", "every tier", tiers)}
${select("account", "Account", "every account", accounts)}
</div></details>
${comparison === undefined ? "" : changedToggle(groups)}<button id="reset" class="scripted" type="button" hidden>Clear</button>
<output id="shown" class="scripted" aria-live="polite">${peopleCountText(groups.flatMap(({ rows }) => rows))}</output>
</div>`;
}

/** Set at first, unless that left an empty table. */
function changedToggle(groups: Picture["groups"]): string {
  const state = groups.some(({ rows }) => rows.some(isDifferent)) ? "checked" : "disabled";
  return `<label class="toggle"><input id="changed" type="checkbox" ${state}><span>Changed only</span></label>\n`;
}

function select(id: string, label: string, all: string, options: readonly string[]): string {
  return `<label><span>${label}</span><select id="${id}"><option value="">${all}</option>${options.join("")}</select></label>`;
}

function option(value: string, text: string, more = ""): string {
  return `<option value="${escapeHtml(value)}"${more}>${escapeHtml(text)}</option>`;
}
