import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { renderWelcomeHtml } from "../../client/welcome/render-html";
import { renderWelcomeMarkdown } from "../../client/welcome/render-markdown";
import { welcome, WELCOME_MARK } from "../../client/welcome/welcome";
import type { Roster } from "../../roster/roster";
import { type OwnKind, writeOwn } from "../../machine/atomic-file";
import type { Context } from "../../machine/context";
import { errorCode } from "../../machine/error-code";
import { Refusal } from "../../refusal";
import { quote } from "../../text";

export interface WelcomeOptions {
  readonly welcomeOut?: string | undefined;
  readonly contact?: string | undefined;
  readonly checkout?: string | undefined;
}

/** In the first 300 bytes of both forms. */
const WELCOME: OwnKind = { what: "welcome page", mark: WELCOME_MARK };

/** Writes the person's welcome page as HTML and Markdown, and gives the paths: none where no folder is named. Throws a `Refusal`. */
export function writeWelcome(
  context: Context,
  roster: Roster,
  person: string,
  { welcomeOut, contact, checkout }: WelcomeOptions,
): readonly string[] {
  const page = welcome(roster, person, context.now, { ...(contact && { contact }), ...(checkout && { checkout }) });
  if (page === undefined || welcomeOut === undefined) return [];
  const folder = resolve(context.root, welcomeOut);
  // A person's name has no slash, and may be `..` for all that a file system knows.
  const base = join(folder, `welcome-${person}`);
  try {
    // One folder and not its parents: Node never comes back from making parents where none can be (/proc).
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = errorCode(error);
    throw new Refusal(`the welcome page cannot be written into ${quote(folder)} (${code}); name another folder`);
  }
  const refused =
    writeOwn(`${base}.html`, renderWelcomeHtml(page), WELCOME) ??
    writeOwn(`${base}.md`, renderWelcomeMarkdown(page), WELCOME);
  if (refused !== undefined) throw new Refusal(refused);
  return [`${base}.html`, `${base}.md`];
}
