import { relative, resolve } from "node:path";
import type { Checked } from "../../finding";
import { invisibleIn } from "../../roster/characters";
import { ignoredText, NOT_REGULAR, roleOfName, TWO_ROSTERS } from "../../roster/folder-names";
import { parseRoster } from "../../roster/parse";
import type { Roster } from "../../roster/roster";
import type { SourceFile } from "../../roster/source";
import { compareText, quote } from "../../text";
import type { Context } from "../../machine/context";
import { entriesIn, entryOf, git, type GitEntry } from "../../machine/git-objects";

/** A roster of a commit, or why there is none. `absent`: the commit has no roster at all. */
export type GitRoster =
  | Checked<Roster>
  | { readonly ok: "absent" }
  | { readonly ok: "unreadable"; readonly reason: string };

/**
 * Reads the roster of a commit from git's objects: nothing is checked out, and no code of the commit runs. Chosen and refused as in
 * the working tree (`readSources`).
 */
export async function readGitRoster(context: Context, ref: string, path?: string): Promise<GitRoster> {
  if (ref.startsWith("-") || ref === "")
    return unreadable(`not a git ref: ${quote(ref)}; give a branch, tag or commit`);
  const commit = await git(context, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  if (commit === undefined) return unreadable(await whyUnknown(context, ref));
  const id = commit.toString().trim();
  const files = await findFiles(context, id, path ?? context.env["ROLECALL_ROSTER"]);
  if (typeof files === "string") return unreadable(`the roster of ${quote(ref)}: ${files}`);
  if (files.length === 0) return { ok: "absent" };
  const hostile = files.find((file) => invisibleIn(file) !== undefined);
  if (hostile !== undefined)
    return unreadable(`the file name ${quote(hostile)} has an invisible or control character; rename the file`);
  const sources: SourceFile[] = [];
  for (const file of files) {
    const bytes = await git(context, ["cat-file", "blob", `${id}:./${file}`]);
    if (bytes === undefined)
      return unreadable(`${quote(file)} of ${quote(ref)} cannot be read, or is larger than any roster`);
    sources.push({ path: file, bytes });
  }
  return parseRoster(sources, context.now);
}

async function whyUnknown(context: Context, ref: string): Promise<string> {
  const shallow = (await git(context, ["rev-parse", "--is-shallow-repository"]))?.toString().trim();
  if (shallow === undefined) return "git does not run here, or this folder is in no git repository";
  const cure =
    shallow === "true" ? "this clone is shallow: fetch the ref with its history (fetch-depth: 0)" : "fetch it first";
  return `unknown git ref ${quote(ref)}; ${cure}`;
}

function unreadable(reason: string): GitRoster {
  return { ok: "unreadable", reason };
}

/** Paths relative to the project folder: the file, or the files of the folder; a text says why there are none to read. */
async function findFiles(
  context: Context,
  commit: string,
  given: string | undefined,
): Promise<readonly string[] | string> {
  const names =
    given === undefined ? ["roster.yaml", "roster"] : [relative(context.root, resolve(context.root, given))];
  const found: GitEntry[] = [];
  for (const name of names) {
    const entry = await entryOf(context, commit, name);
    if (entry === undefined) return `git cannot look for ${quote(name)}; is it in this repository?`;
    found.push(...entry);
  }
  const [only, other] = found;
  if (only === undefined) return [];
  if (other !== undefined) return TWO_ROSTERS;
  if (only.kind !== "folder") return only.kind === "file" ? [only.name] : `${quote(only.name)} ${NOT_REGULAR}`;
  return filesIn(only.name, (await entriesIn(context, commit, only.name)) ?? []);
}

function filesIn(folder: string, entries: readonly GitEntry[]): readonly string[] | string {
  const named = (role: string) => entries.filter(({ name, kind }) => roleOfName(name, kind === "folder") === role);
  const [ignored] = named("ignored");
  if (ignored !== undefined) return ignoredText(`${folder}/${ignored.name}`);
  const parts = named("part");
  const odd = parts.find(({ kind }) => kind !== "file");
  if (odd !== undefined) return `${quote(`${folder}/${odd.name}`)} ${NOT_REGULAR}`;
  if (parts.length === 0) return `the folder ${quote(folder)} holds no .yaml file`;
  return parts.map(({ name }) => `${folder}/${name}`).sort(compareText);
}
