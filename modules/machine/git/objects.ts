import { isAbsolute, posix, sep } from "node:path";
import { type Known, known, unknown } from "../../known";
import { quote } from "../../text";
import { findRepository } from "./repository";
import { type GitPlace, runGit } from "./run-git";

/** What a commit has under a name; `other`: a symbolic link or another repository. */
export interface GitEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
}

/** What is at a path below the project folder: one entry, or none. `commit` is a full hash. */
export async function entryOf(place: GitPlace, commit: string, path: string): Promise<Known<readonly GitEntry[]>> {
  const found = await findRepository(place);
  if (!found.ok) return unknown(found.failure.reason);
  const full = posix.normalize(`${found.repository.prefix}${path.split(sep).join("/")}`);
  if (full.startsWith("../") || isAbsolute(path)) return unknown("it is outside the repository");
  const entries = await list(place, ["--full-tree", commit, "--", full.replace(/\/$/, "")]);
  return entries.known ? known(entries.value.map(({ kind }) => ({ name: path, kind }))) : entries;
}

/** What a folder below the project folder holds. */
export function entriesIn(place: GitPlace, commit: string, folder: string): Promise<Known<readonly GitEntry[]>> {
  return list(place, ["--full-tree", `${commit}:./${folder}`]);
}

/** The bytes of a file below the project folder. */
export async function fileOf(place: GitPlace, commit: string, path: string): Promise<Known<Buffer>> {
  const said = await runGit(place, ["cat-file", "blob", `${commit}:./${path}`]);
  if (said.ok) return known(said.stdout);
  return unknown(said.failure.kind === "too-large" ? `${quote(path)} is larger than any roster` : said.failure.reason);
}

async function list(place: GitPlace, args: readonly string[]): Promise<Known<readonly GitEntry[]>> {
  const said = await runGit(place, ["ls-tree", "-z", ...args]);
  if (!said.ok) return unknown(said.failure.reason);
  const entries: GitEntry[] = [];
  for (const line of said.stdout.toString().split("\0")) {
    const [, mode = "", name] = /^(\d{6}) \S+ \S+\t(.*)$/s.exec(line) ?? [];
    if (name !== undefined) entries.push({ name, kind: kindOf(mode) });
    else if (line !== "") return unknown("git lists the commit's files in a form that Rolecall does not know");
  }
  return known(entries);
}

function kindOf(mode: string): GitEntry["kind"] {
  return /^100/.test(mode) ? "file" : mode === "040000" ? "folder" : "other";
}
