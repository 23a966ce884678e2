import { createHash } from "node:crypto";
import type { Picture } from "../picture/picture";
import { renderControls } from "./controls";
import { escapeHtml } from "../../text";
import { renderHeader, renderLegend } from "./header";
import { renderReasons } from "./reasons";
import { renderTable } from "./table";

/** The page's own style sheet and script, text that is under review and not from the roster. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/** Near the beginning of every report: how one is distinguished from a file that must not be overwritten. */
export const REPORT_MARK = '<meta name="generator" content="rolecall report">';

/** Says that there is a script before anything is painted. */
const EARLY_SCRIPT = 'document.documentElement.className="js"';

/** The whole page in one file: no request, no script but ours, the same bytes for the same picture. */
export function renderPage(picture: Picture, { style, script }: PageAssets): string {
  const { organization, day, comparison } = picture;
  const title = `Access of ${organization}, ${day}${comparison === undefined ? "" : `, against ${comparison.base}`}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${REPORT_MARK}
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy([EARLY_SCRIPT, script], style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<script>${EARLY_SCRIPT}</script>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#matrix">Skip to the matrix</a>
${renderHeader(picture)}
<main>
${renderControls(picture)}
${renderLegend(picture)}
${renderTable(picture)}
<p class="scripted"><button id="more" type="button" hidden>Show all teams</button></p>
<p id="nobody" class="scripted" hidden>Nobody matches. Clear the filters${comparison === undefined ? "" : ", or show those without changes too,"} to see everybody.</p>
<aside id="reason" class="scripted" tabindex="-1" aria-labelledby="reason-title" hidden><button id="close" type="button">Close</button><h2 id="reason-title"></h2><div id="reason-body"></div></aside>
${renderReasons(picture)}
</main>
<footer>
<p>From the roster, by Rolecall: what the roster grants, not what was done with it. Internal: it says who may reach what.</p>
<p>A person of several teams is listed once, under the smallest. Who holds two tiers in an account counts for both. A session that is open when its grant ends runs on until its own end.</p>
${comparison === undefined ? "" : "<p>What the policies of a tier allow is not compared here; <code>rolecall review</code> does that.</p>\n"}</footer>
<script>${script}</script>
</body>
</html>
`;
}

/** `default-src 'none'` and exactly these texts as script and style; no base, no form, no string becomes script. */
function contentSecurityPolicy(scripts: readonly string[], style: string): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(sourceHash).join(" ")}`,
    `style-src ${sourceHash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function sourceHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
