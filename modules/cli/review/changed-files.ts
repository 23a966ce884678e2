import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../../machine/context";
import { hiddenFiles } from "../../machine/git/hidden-files";
import { printed } from "./printed";
import type { ChangedFile, FileKind } from "../../review/code/judge-files";
import { placeFolders, toolPlaceOf, RESULT_PATTERNS, RESULTS } from "../../review/code/places";
import { foldersAbove } from "../../review/code/file-names";
import { escapeGlob } from "../../review/code/side";

/** Where the repository is on this machine, and what of it is the project's. Folders are below the top and end with a slash. */
export interface ReviewedRepository {
  readonly top: string;
  /** The project's, first, and Rolecall's own when it is another one in the same repository. */
  readonly folders: readonly [string, ...string[]];
  /** What was given to this review, or is made by it: no part of the working tree that is reviewed. */
  readonly given: readonly string[];
}

const DIFF = ["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative"];

/** Every file of the repository that differs between two commits; without a head, between the base and the working tree. */
export async function changedFiles(
  context: Context,
  repository: ReviewedRepository,
  { base, head }: { readonly base: string; readonly head?: string | undefined },
): Promise<readonly ChangedFile[] | undefined> {
  const commits = head === undefined ? [base] : [base, head];
  const said = await printed(context, [...DIFF, "--ignore-submodules=none", ...commits, "--"]);
  const tracked = said && parseRaw(said.toString());
  if (tracked === undefined || head !== undefined) return tracked;
  const fresh = await untracked(context, repository);
  const hidden = await unwatched(context, repository);
  if (fresh === undefined || hidden === undefined) return undefined;
  const seen = new Set(tracked.map(({ path }) => path));
  const found = (path: string): ChangedFile => ({ path, before: "absent", after: kindOnDisk(repository.top, path) });
  return [
    ...tracked,
    ...hidden.filter((path) => !seen.has(path)).map((path) => ({ ...found(path), before: "other" as const })),
    ...fresh
      .filter((path) => !seen.has(path))
      .map((path) => strayOf(path) ?? { ...found(path), untracked: true as const }),
  ];
}

/** Git names another repository's checkout by its folder only. */
function strayOf(path: string): ChangedFile | undefined {
  if (!path.endsWith("/")) return undefined;
  return { path: path.slice(0, -1), before: "absent", after: "module", untracked: true };
}

function parseRaw(text: string): readonly ChangedFile[] | undefined {
  const fields = text.split("\0").slice(0, -1);
  const found: ChangedFile[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const [, before, after] = /^:(\d{6}) (\d{6}) /.exec(fields[at] ?? "") ?? [];
    const path = fields[at + 1];
    if (before === undefined || after === undefined || path === undefined) return undefined;
    found.push({ path, before: kindOfMode(before), after: kindOfMode(after) });
  }
  return found;
}

export function kindOfMode(mode: string): FileKind {
  const kinds: Readonly<Record<string, FileKind>> = {
    "000000": "absent",
    "100644": "file",
    "100755": "executable",
    "120000": "link",
    "160000": "module",
  };
  return kinds[mode] ?? "other";
}

function kindOnDisk(top: string, path: string): FileKind {
  const stat = lstatSync(join(top, path), { throwIfNoEntry: false });
  if (stat === undefined) return "absent";
  if (stat.isSymbolicLink()) return "link";
  if (!stat.isFile()) return "other";
  return (stat.mode & 0o111) === 0 ? "file" : "executable";
}

/**
 * Files that git does not know, ignored ones as well: in the project's folder all but what work leaves behind, above it what
 * tools find from there. Folders in which git knows nothing are listed in a second step, so that nobody waits for results.
 */
async function untracked(context: Context, repository: ReviewedRepository): Promise<readonly string[] | undefined> {
  const { folders, given } = repository;
  const inside = folders.filter((folder) => !/(^|\/)node_modules\//.test(folder));
  const paths = [
    ...inside.map((folder) => inFolder(folder)),
    ...inside.flatMap((folder) => RESULTS.map((name) => `:(top,glob,exclude)${escapeGlob(folder)}${name}`)),
    ...inside.flatMap((folder) => RESULTS.map((name) => `:(top,glob,exclude)${escapeGlob(folder)}${name}/**`)),
    ...given.map((path) => `:(top,literal,exclude)${path}`),
  ];
  const first = await listOthers(context, ["--directory", "--no-empty-directory", "--", ...paths]);
  const above = await untrackedAbove(context, folders[0]);
  if (first === undefined || above === undefined) return undefined;
  const unknown = first.filter((path) => path.endsWith("/"));
  const below =
    unknown.length === 0 ? [] : await listOthers(context, ["--", ...unknown.map((path) => `:(top,literal)${path}`)]);
  if (below === undefined) return undefined;
  const own = (path: string) =>
    folders.some((folder) => path.startsWith(folder) && isResult(path.slice(folder.length)));
  return [...first.filter((path) => !path.endsWith("/")), ...below, ...above].filter((path) => !own(path));
}

function isResult(path: string): boolean {
  const [first = ""] = path.split("/");
  return RESULT_PATTERNS.some((pattern) => pattern.test(first));
}

/**
 * What git does not know outside of the project: whatever it does not ignore, since workflows may name it, and what tools find
 * by its place though it is ignored.
 */
async function untrackedAbove(context: Context, project: string): Promise<readonly string[] | undefined> {
  const above = foldersAbove(project);
  if (above.length === 0) return [];
  const outside = [":(top)", `:(top,exclude,literal)${project}`];
  const seen = await listOthers(context, ["--exclude-standard", "--", ...outside]);
  const near = above.map((folder) => `:(top,glob)${escapeGlob(folder)}*`);
  const placed = above.flatMap((folder) =>
    placeFolders().map((name) => `:(top,glob,icase)${escapeGlob(folder)}${name}/**`),
  );
  const ignored = await listOthers(context, ["--", ...near, ...placed]);
  if (seen === undefined || ignored === undefined) return undefined;
  const isRightAbove = (path: string) =>
    above.some((folder) => path.startsWith(folder) && !path.slice(folder.length).includes("/"));
  return [
    ...new Set([
      ...ignored.filter((path) => toolPlaceOf(path, project) !== undefined),
      ...seen.filter((path) => toolPlaceOf(path, project) !== undefined || !isRightAbove(path)),
    ]),
  ];
}

function listOthers(context: Context, args: readonly string[]): Promise<readonly string[] | undefined> {
  return listNames(context, ["ls-files", "-z", "--others", "--full-name", ...args]);
}

/** Files that git was told not to look at: whether they differ is not known. */
async function unwatched(
  context: Context,
  { top, folders }: ReviewedRepository,
): Promise<readonly string[] | undefined> {
  const hidden = await hiddenFiles(context, top, folders.map(inFolder));
  if (hidden.known) return hidden.value;
  context.stderr(`git did not say whether code changed: ${hidden.reason}\n`);
  return undefined;
}

async function listNames(context: Context, args: readonly string[]): Promise<readonly string[] | undefined> {
  const bytes = await printed(context, args);
  return bytes
    ?.toString()
    .split("\0")
    .filter((name) => name !== "");
}

/** Everything below a folder; a literal empty path would be nothing. */
export function inFolder(folder: string): string {
  return folder === "" ? ":(top)" : `:(top,literal)${folder}`;
}
