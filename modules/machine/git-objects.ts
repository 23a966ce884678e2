import { execFile } from "node:child_process";
import { isAbsolute, posix, sep } from "node:path";
import type { Context } from "./context";

/** What git may print: more than any roster. */
const MOST_BYTES = 4_000_001;

/** Standard output, or undefined when git fails; hooks and settings of the repository that run programs stay out. */
export function git(context: Context, args: readonly string[]): Promise<Buffer | undefined> {
  const options = { cwd: context.root, env: context.env, encoding: "buffer", maxBuffer: MOST_BYTES } as const;
  return new Promise((done) => {
    execFile(
      "git",
      ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", ...args],
      options,
      (error, stdout) => done(error ? undefined : stdout),
    );
  });
}

/** What a commit has under a name; `other`: a symbolic link or another repository. */
export interface GitEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
}

/** What lies at a path below the project folder: one entry, or none; undefined when git cannot tell. */
export async function entryOf(
  context: Context,
  commit: string,
  path: string,
): Promise<readonly GitEntry[] | undefined> {
  const prefix = (await git(context, ["rev-parse", "--show-prefix"]))?.toString().trim();
  if (prefix === undefined) return undefined;
  const full = posix.normalize(`${prefix}${path.split(sep).join("/")}`);
  if (full.startsWith("../") || isAbsolute(path)) return undefined;
  const entries = await list(context, ["--full-tree", commit, "--", full.replace(/\/$/, "")]);
  return entries?.map(({ kind }) => ({ name: path, kind }));
}

/** What a folder below the project folder holds; undefined when git cannot tell. */
export function entriesIn(context: Context, commit: string, folder: string): Promise<readonly GitEntry[] | undefined> {
  return list(context, ["--full-tree", `${commit}:./${folder}`]);
}

async function list(context: Context, args: readonly string[]): Promise<readonly GitEntry[] | undefined> {
  const lines = (await git(context, ["ls-tree", "-z", ...args]))?.toString().split("\0");
  return lines?.flatMap((line): readonly GitEntry[] => {
    const [, mode = "", name] = /^(\d{6}) \S+ \S+\t(.*)$/s.exec(line) ?? [];
    const kind = /^100/.test(mode) ? "file" : mode === "040000" ? "folder" : "other";
    return name === undefined ? [] : [{ name, kind }];
  });
}
