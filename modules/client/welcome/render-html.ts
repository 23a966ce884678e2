import { createHash } from "node:crypto";
import type { StepLine } from "./first-steps";
import { htmlText } from "./inert";
import { COPY_SCRIPT, PAGE_STYLE } from "./page-parts";
import { type WelcomeRole, type Welcome, WELCOME_MARK, type WelcomeStep } from "./welcome";

/**
 * The welcome page as one HTML file that asks nobody for anything: a policy lets in its own style and script by hash, and
 * nothing else. It reads without the script, which only adds copy buttons. Equal input gives equal bytes.
 */
export function renderWelcomeHtml({ organization, person, signInUrl, steps, reach, contact }: Welcome): string {
  const title = `Welcome to the AWS accounts of ${htmlText(organization)}`;
  return `<!doctype html>
${WELCOME_MARK}
<html lang="en">
${headHtml(title)}
<body>
<header>
<h1>${title}</h1>
<p class="who">for <strong>${htmlText(person)}</strong></p>
<p>This page holds no secret. Your one-time password comes another way; give it to nobody, and use it today.</p>
<p><a class="sign-in" href="${htmlText(signInUrl)}">Sign in</a></p>
</header>
<main>
<section aria-labelledby="steps">
<h2 id="steps">First steps, in this order</h2>
<ol>
${steps.map(stepHtml).join("\n")}
</ol>
</section>
<section aria-labelledby="reach">
<h2 id="reach">What you can reach</h2>
${reach.length === 0 ? "<p>Nothing yet.</p>" : reach.map(reachHtml).join("\n")}
</section>
<section aria-labelledby="ask">
<h2 id="ask">Who to ask</h2>
<p>For help, for more access, and immediately when something looks wrong: ${htmlText(contact)}.</p>
</section>
</main>
<p id="copied" class="hidden" role="status"></p>
<script>${COPY_SCRIPT}</script>
</body>
</html>
`;
}

function headHtml(title: string): string {
  return `<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>`;
}

function stepHtml({ title, lines }: WelcomeStep): string {
  return `<li>\n<h3>${htmlText(title)}</h3>\n${lines.map(lineHtml).join("\n")}\n</li>`;
}

function lineHtml(line: StepLine): string {
  return "say" in line ? `<p>${htmlText(line.say)}</p>` : copyHtml(line.copy);
}

function copyHtml(text: string): string {
  return `<div class="copy"><code>${htmlText(text)}</code><button type="button" hidden>Copy</button></div>`;
}

function reachHtml({
  account,
  accountId,
  environment,
  tier,
  session,
  until,
  consoleUrl,
  command,
}: WelcomeRole): string {
  const where = environment === undefined || environment === account ? "" : ` <small>${htmlText(environment)}</small>`;
  const end = until === undefined ? "" : `<p class="until">Ends ${htmlText(until)}.</p>\n`;
  return `<article>
<h3>${htmlText(account)}: ${htmlText(tier)}${where}</h3>
<p>Account ${htmlText(accountId)}; ${htmlText(session)}.</p>
${end}<p><a href="${htmlText(consoleUrl)}">Open the console as ${htmlText(tier)} in ${htmlText(account)}</a></p>
${copyHtml(command)}
</article>`;
}

function policy(): string {
  return `default-src 'none'; style-src ${hash(PAGE_STYLE)}; script-src ${hash(COPY_SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
