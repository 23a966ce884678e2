import { compareText } from "../modules/text";
import type { Context } from "./context";
import { git } from "./git-roster";

/** Everything main.ts may reach, and what decides which code that is. */
export const CODE = [
  "main.ts",
  "stacks",
  "modules",
  "bin/run.js",
  "bin/context.ts",
  "bin/create-context.ts",
  "bin/read-roster.ts",
  "cdktf.json",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  ".npmrc",
];
/** What main.ts does not reach: people and reviews alone use it. */
export const BESIDE = ["modules/client", "modules/live", "modules/report", "modules/review", "modules/roster/edit"];

/**
 * Files that make policies and differ between two commits, or from a commit to the working tree, where untracked and ignored
 * ones count; none of them is run. Undefined when git cannot tell.
 */
export async function changedCode(
  context: Context,
  base: string,
  head?: string,
): Promise<readonly string[] | undefined> {
  const places = await codeFolders(context);
  if (places === undefined) return undefined;
  const paths = places.flatMap((place) => [
    ...CODE.map((path) => `:(top,literal)${place}${path}`),
    ...BESIDE.map((path) => `:(top,literal,exclude)${place}${path}`),
  ]);
  const sides = head === undefined ? [base] : [base, head];
  const diff = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative"];
  const tracked = await git(context, [...diff, "--ignore-submodules=none", ...sides, "--", ...paths]);
  const fresh =
    head === undefined
      ? await git(context, ["ls-files", "-z", "--others", "--full-name", "--", ...paths])
      : Buffer.alloc(0);
  if (tracked === undefined || fresh === undefined) return undefined;
  const files = [tracked, fresh].flatMap((bytes) => bytes.toString().split("\0")).filter((name) => name !== "");
  return [...new Set(files)].sort(compareText);
}

/** Folders below the top of the repository with code in them: the roster's, and Rolecall's own when it is the same repository. */
async function codeFolders(context: Context): Promise<readonly string[] | undefined> {
  const [here, own] = await Promise.all([placeOf(context), placeOf({ ...context, root: context.home })]);
  if (here === undefined) return undefined;
  return [...new Set([here.prefix, ...(own?.top === here.top ? [own.prefix] : [])])];
}

async function placeOf(context: Context): Promise<{ readonly top: string; readonly prefix: string } | undefined> {
  const said = (await git(context, ["rev-parse", "--show-toplevel", "--show-prefix"]))?.toString().split("\n");
  const [top, prefix] = said ?? [];
  return top === undefined || prefix === undefined ? undefined : { top, prefix };
}
