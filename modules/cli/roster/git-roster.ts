import { relative, resolve } from "node:path";
import type { Checked } from "../../finding";
import { invisibleIn } from "../../roster/characters";
import { ignoredText, NOT_REGULAR, roleOfName, TWO_ROSTERS } from "../../roster/folder-names";
import { parseRoster } from "../../roster/parse";
import type { Roster } from "../../roster/roster";
import type { SourceFile } from "../../roster/source";
import { compareText, quote } from "../../text";
import type { Context } from "../../machine/context";
import { entriesIn, entryOf, fileOf, type GitEntry } from "../../machine/git/objects";
import type { GitCommit } from "../../machine/git/resolve-commit";
import { type Known, known, unknown } from "../../known";

/** A roster of a commit, or why there is none. `absent`: the commit has no roster at all. */
export type GitRoster =
  | Checked<Roster>
  | { readonly ok: "absent" }
  | { readonly ok: "unreadable"; readonly reason: string };

/**
 * Reads the roster of a commit from git's objects: nothing is checked out, and no code of the commit runs. Chosen and refused as in
 * the working tree (`readSources`).
 */
export async function readGitRoster(context: Context, { name, commit }: GitCommit, path?: string): Promise<GitRoster> {
  const files = await findFiles(context, commit, path ?? context.env["ROLECALL_ROSTER"]);
  if (!files.known) return unreadable(`the roster of ${quote(name)}: ${files.reason}`);
  if (files.value.length === 0) return { ok: "absent" };
  const hostile = files.value.find((file) => invisibleIn(file) !== undefined);
  if (hostile !== undefined)
    return unreadable(`the file name ${quote(hostile)} has an invisible or control character; rename the file`);
  const sources: SourceFile[] = [];
  for (const file of files.value) {
    const bytes = await fileOf(context, commit, file);
    if (!bytes.known) return unreadable(`${quote(file)} of ${quote(name)} cannot be read: ${bytes.reason}`);
    sources.push({ path: file, bytes: bytes.value });
  }
  return parseRoster(sources, context.now);
}

function unreadable(reason: string): GitRoster {
  return { ok: "unreadable", reason };
}

/** Paths relative to the project folder: the file, or the files of the folder; none where the commit has no roster. */
async function findFiles(
  context: Context,
  commit: string,
  given: string | undefined,
): Promise<Known<readonly string[]>> {
  const names =
    given === undefined ? ["roster.yaml", "roster"] : [relative(context.root, resolve(context.root, given))];
  const found: GitEntry[] = [];
  for (const name of names) {
    const entry = await entryOf(context, commit, name);
    if (!entry.known) return unknown(`git cannot look for ${quote(name)}: ${entry.reason}`);
    found.push(...entry.value);
  }
  const [only, other] = found;
  if (only === undefined) return known([]);
  if (other !== undefined) return unknown(TWO_ROSTERS);
  if (only.kind === "file") return known([only.name]);
  if (only.kind === "other") return unknown(`${quote(only.name)} ${NOT_REGULAR}`);
  const entries = await entriesIn(context, commit, only.name);
  return entries.known ? filesIn(only.name, entries.value) : entries;
}

function filesIn(folder: string, entries: readonly GitEntry[]): Known<readonly string[]> {
  const named = (role: string) => entries.filter(({ name, kind }) => roleOfName(name, kind === "folder") === role);
  const [ignored] = named("ignored");
  if (ignored !== undefined) return unknown(ignoredText(`${folder}/${ignored.name}`));
  const parts = named("part");
  const odd = parts.find(({ kind }) => kind !== "file");
  if (odd !== undefined) return unknown(`${quote(`${folder}/${odd.name}`)} ${NOT_REGULAR}`);
  if (parts.length === 0) return unknown(`the folder ${quote(folder)} holds no .yaml file`);
  return known(parts.map(({ name }) => `${folder}/${name}`).sort(compareText));
}
