import { relative, resolve, sep } from "node:path";
import { compareText } from "../../text";
import type { Context } from "../../machine/context";
import { known } from "../../known";
import { hiddenFiles } from "../../machine/git/hidden-files";
import { findRepository } from "../../machine/git/repository";
import { runGit } from "../../machine/git/run-git";

/** Code that makes policies: what each side's own code synthesizes shows what a change of it comes to. */
export const SYNTHESIZED = [
  "main.ts",
  "stacks",
  ...["access", "aws", "finding.ts", "iam", "roster", "text.ts", "tiers"].map((part) => `modules/${part}`),
];

/** Everything below these counts; packages beside the code, because Node finds them before the installed ones. */
const FOLDERS = ["bin", "modules", "stacks", "node_modules", ".github", ".ci", ".rolecall", "cdktf.out"];
/** Every file of the project folder itself counts, but for these; the roster and its rules are judged by themselves. */
const NO_CODE = [
  ...["*.md", "LICENSE", "*.schema.json", ".editorconfig", ".gitignore", "biome.json", "jest.config.js"],
  "review.yaml",
];
/** What counts in the working tree as it lies there, untracked and ignored: the rest are results of work. */
const FRESH = [
  ...["main.ts", "stacks", "modules", "bin", "cdktf.json", "tsconfig.json", "terraform.lock.hcl", ".terraformrc"],
  ...["package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"],
];

/** Paths below the top of the repository, sorted. */
export interface ChangedCode {
  readonly synthesized: readonly string[];
  /** Runs with the rights of whoever reviews, plans, applies or takes roles. */
  readonly running: readonly string[];
}

/** The two sides by their full hashes, and the roster that is reviewed, as it was given. Without a head it is the working tree. */
export interface CodeSides {
  readonly base: string;
  readonly head?: string;
  readonly roster?: string;
}

/**
 * Code that differs between two sides; none of it is run. A file of git's attributes counts anywhere: by it git makes other
 * bytes of a checked-out file than those that are reviewed. Undefined, with the reason on standard error, when git cannot tell.
 */
export async function changedCode(context: Context, sides: CodeSides): Promise<ChangedCode | undefined> {
  const places = await codeFolders(context);
  if (places === undefined) return undefined;
  const { folders, top } = places;
  const paths = [
    ":(top,glob)**/.gitattributes",
    ":(top,literal).gitmodules",
    ...folders.flatMap((place) => [
      `:(top,glob)${escapeGlob(place)}*`,
      `:(top,glob)${escapeGlob(place)}**/node_modules/**`,
      ...FOLDERS.map((folder) => `:(top,literal)${place}${folder}`),
      ...NO_CODE.map((name) => `:(top,glob,exclude)${escapeGlob(place)}${name}`),
    ]),
    ...rosterPaths(context, top, sides.roster),
  ];
  const commits = sides.head === undefined ? [sides.base] : [sides.base, sides.head];
  const diff = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative"];
  const tracked = await printed(context, [...diff, "--ignore-submodules=none", ...commits, "--", ...paths]);
  const fresh = sides.head === undefined ? await untracked(context, folders) : Buffer.alloc(0);
  const hidden = sides.head === undefined ? await hiddenFiles(context, top, paths) : known([]);
  if (!hidden.known) return complain(context, hidden.reason);
  if (tracked === undefined || fresh === undefined) return undefined;
  const seen = [tracked, fresh].flatMap((bytes) => bytes.toString().split("\0"));
  const files = [...seen, ...hidden.value].filter((name) => name !== "");
  const all = [...new Set(files)].sort(compareText);
  const isSynthesized = (file: string) => folders.some((place) => makesPolicies(file, place));
  return { synthesized: all.filter(isSynthesized), running: all.filter((file) => !isSynthesized(file)) };
}

function makesPolicies(file: string, place: string): boolean {
  if (/(^|\/)(node_modules\/|\.gitattributes$)/.test(file)) return false;
  return SYNTHESIZED.some((path) => file === `${place}${path}` || file.startsWith(`${place}${path}/`));
}

function escapeGlob(path: string): string {
  return path.replace(/[*?[\\]/g, "\\$&");
}

/** The roster under review is no code, where it lies among the project's own files. */
function rosterPaths({ root, env }: Context, top: string, given: string | undefined): readonly string[] {
  const path = relative(top, resolve(root, given ?? env["ROLECALL_ROSTER"] ?? "roster.yaml"));
  return path.startsWith("..") ? [] : [`:(top,literal,exclude)${path.split(sep).join("/")}`];
}

function untracked(context: Context, folders: readonly string[]): Promise<Buffer | undefined> {
  const paths = folders.flatMap((place) => FRESH.map((name) => `:(top,literal)${place}${name}`));
  return printed(context, ["ls-files", "-z", "--others", "--full-name", "--", ...paths]);
}

/** What git prints, or undefined, with the reason on standard error, when it gives no answer. */
async function printed(context: Context, args: readonly string[]): Promise<Buffer | undefined> {
  const said = await runGit(context, args);
  return said.ok ? said.stdout : complain(context, said.failure.reason);
}

function complain(context: Context, reason: string): undefined {
  context.stderr(`git cannot tell whether code changed: ${reason}\n`);
  return undefined;
}

/** Folders below the top of the repository with code in them: the roster's, and Rolecall's own when it is the same repository. */
async function codeFolders(
  context: Context,
): Promise<{ readonly top: string; readonly folders: readonly string[] } | undefined> {
  const [here, own] = await Promise.all([
    findRepository(context),
    findRepository({ root: context.home, env: context.env }),
  ]);
  if (!here.ok) return complain(context, here.failure.reason);
  const { top, prefix } = here.repository;
  if (own.ok)
    return { top, folders: [...new Set([prefix, ...(own.repository.top === top ? [own.repository.prefix] : [])])] };
  // In no repository, or in one that git does not read though it reads this one: in another. Anything else says nothing.
  const elsewhere = own.failure.kind === "not-a-repository" || own.failure.kind === "foreign-owner";
  return elsewhere ? { top, folders: [prefix] } : complain(context, own.failure.reason);
}
