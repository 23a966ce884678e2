import { execFile } from "node:child_process";
import type { Checked } from "../modules/finding";
import { invisibleIn } from "../modules/roster/characters";
import { parseRoster } from "../modules/roster/parse";
import type { Roster } from "../modules/roster/roster";
import { MAX_ROSTER_BYTES, type SourceFile } from "../modules/roster/source";
import { compareText, quote } from "../modules/text";
import type { Context } from "./context";

/** A roster of a commit, or why there is none. `absent`: the commit has no roster at all. */
export type GitRoster =
  | Checked<Roster>
  | { readonly ok: "absent" }
  | { readonly ok: "unreadable"; readonly reason: string };

/** Reads the roster of a commit from git's objects: nothing is checked out, and no code of the commit runs. */
export async function readGitRoster(context: Context, ref: string, path?: string): Promise<GitRoster> {
  if (ref.startsWith("-") || ref === "")
    return unreadable(`not a git ref: ${quote(ref)}; give a branch, tag or commit`);
  const commit = await git(context, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  if (commit === undefined) {
    const shallow = (await git(context, ["rev-parse", "--is-shallow-repository"]))?.toString().trim() === "true";
    const cure = shallow ? "this clone is shallow: fetch the ref with its history (fetch-depth: 0)" : "fetch it first";
    return unreadable(`unknown git ref ${quote(ref)}; ${cure}`);
  }
  const id = commit.toString().trim();
  const files = await findFiles(context, id, path);
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

function unreadable(reason: string): GitRoster {
  return { ok: "unreadable", reason };
}

/** Paths relative to the project folder: the file, or the files of the folder, as `rolecall check` would choose them. */
async function findFiles(context: Context, commit: string, path: string | undefined): Promise<readonly string[]> {
  const candidates = path === undefined ? ["roster.yaml", "roster"] : [path];
  for (const candidate of candidates) {
    const type = (await git(context, ["cat-file", "-t", `${commit}:./${candidate}`]))?.toString().trim();
    if (type === "blob") return [candidate];
    if (type !== "tree") continue;
    const listed = (await git(context, ["ls-tree", "--name-only", "-z", `${commit}:./${candidate}`]))?.toString() ?? "";
    const names = listed.split("\0").filter((name) => /\.ya?ml$/.test(name) && !name.startsWith("."));
    return names.sort(compareText).map((name) => `${candidate}/${name}`);
  }
  return [];
}

/** Standard output, or undefined when git fails; hooks and settings of the repository that run programs stay out. */
export function git(context: Context, args: readonly string[]): Promise<Buffer | undefined> {
  const options = { cwd: context.root, env: context.env, encoding: "buffer", maxBuffer: MAX_ROSTER_BYTES + 1 } as const;
  return new Promise((done) => {
    execFile(
      "git",
      ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", ...args],
      options,
      (error, stdout) => done(error ? undefined : stdout),
    );
  });
}
