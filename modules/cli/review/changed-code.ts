import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Context } from "../../machine/context";
import { findRepository } from "../../machine/git/repository";
import { codeAmong } from "../../review/code/code-among";
import type { CodeFile, Project } from "../../review/code/judge-files";
import { changedFiles, type ReviewedRepository } from "./changed-files";
import { codeSides } from "./code-sides";

/** The two sides by their full hashes, and the roster that is reviewed, as it was given. Without a head it is the working tree. */
export interface CodeSides {
  readonly base: string;
  readonly head?: string | undefined;
  readonly roster?: string | undefined;
  /** Files and folders on this machine that were given to the review, or that it writes. */
  readonly given?: readonly string[];
}

/** Code that differs between two sides, sorted by path; none of it is run. Undefined when git cannot tell. */
export async function changedCode(context: Context, sides: CodeSides): Promise<readonly CodeFile[] | undefined> {
  const repository = await repositoryOf(context, sides.given ?? []);
  const changed = repository && (await changedFiles(context, repository, sides));
  if (repository === undefined || changed === undefined) return undefined;
  const project = projectOf(context, repository, sides);
  return codeAmong(changed, project, codeSides(context, repository.top, sides));
}

function projectOf({ root, env }: Context, { top, folders }: ReviewedRepository, { roster, head }: CodeSides): Project {
  const [folder, own] = folders;
  const given = roster ?? env["ROLECALL_ROSTER"];
  const path = resolve(real(root), given ?? "roster.yaml");
  const target = real(path);
  return {
    folder,
    ...(own !== undefined && { own }),
    ...(given !== undefined && { roster: below(top, path) }),
    ...(head === undefined && target !== path && { rosterTarget: below(top, target) }),
  };
}

function below(top: string, path: string): string {
  return relative(top, path).split(sep).join("/");
}

/** Folders with code: the roster's, and Rolecall's own when it is in the same repository. */
async function repositoryOf(context: Context, given: readonly string[]): Promise<ReviewedRepository | undefined> {
  const [here, own] = await Promise.all([
    findRepository(context),
    findRepository({ root: context.home, env: context.env }),
  ]);
  if (!here.ok) return complain(context, here.failure.reason);
  // In no repository, or in one that git does not read though it reads this one: in another. Anything else says nothing.
  const elsewhere = !own.ok && (own.failure.kind === "not-a-repository" || own.failure.kind === "foreign-owner");
  if (!own.ok && !elsewhere) return complain(context, own.failure.reason);
  const { top, prefix } = here.repository;
  const home = own.ok && own.repository.top === top ? own.repository.prefix : prefix;
  const more = home === prefix ? [] : [home];
  const paths = given.map((path) => below(top, resolve(real(context.root), path)));
  return {
    top,
    folders: [prefix, ...more],
    given: paths.filter((path) => path.startsWith(prefix) && path !== "" && `${path}/` !== prefix),
  };
}

/** Without links; as it is where there is nothing. */
function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function complain(context: Context, reason: string): undefined {
  context.stderr(`git did not say whether code changed: ${reason}\n`);
  return undefined;
}
