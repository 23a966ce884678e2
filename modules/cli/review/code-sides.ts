import type { Context } from "../../machine/context";
import type { CodeSide } from "../../review/code/side";
import { searchFiles } from "./git-search";
import { printed } from "./printed";
import { commitTree, folderTree, type Objects } from "./repository-tree";

/** The base and the head as they are read, from git's objects; without a head it is the working tree as it is there. */
export function codeSides(
  context: Context,
  top: string,
  { base, head }: { readonly base: string; readonly head?: string | undefined },
): readonly CodeSide[] {
  // For both sides: most of their objects are the same.
  const objects: Objects = new Map();
  return [base, head].map((commit) => ({
    tree: commit === undefined ? folderTree(top) : commitTree(context, commit, objects),
    search: (search) => searchFiles(context, commit, search),
    links: (folder) => linksBelow(context, commit, folder),
  }));
}

async function linksBelow(
  context: Context,
  commit: string | undefined,
  folder: string,
): Promise<readonly string[] | undefined> {
  const listed =
    commit === undefined
      ? await printed(context, ["ls-files", "-z", "--stage", "--full-name", "--", `:(top,literal)${folder}`])
      : await printed(context, ["ls-tree", "-r", "-z", "--full-tree", commit, "--", folder]);
  return listed
    ?.toString()
    .split("\0")
    .filter((line) => line.startsWith("120000 "))
    .map((line) => line.slice(line.indexOf("\t") + 1));
}
