import type { Context } from "../../machine/context";
import type { Hit, PathPattern, Search } from "../../review/code/side";
import { inFolder } from "./changed-files";
import { printedIfAny } from "./printed";

/**
 * Looks in a commit, or without one in the working tree with its untracked files; undefined when git cannot tell. A search that
 * finds nothing ends like one that fails: git is asked again.
 */
export async function searchFiles(
  context: Context,
  commit: string | undefined,
  search: Search,
): Promise<readonly Hit[] | undefined> {
  const where = { commit, paths: pathsOf(search) };
  const pattern = patternOf(search);
  const shape = ["--no-color", "--no-line-number", "--no-column", "--full-name", "-a", "-z"];
  const only = search.give === "match" ? ["-o"] : [];
  const said = await printedIfAny(context, grep([...shape, ...only, ...pattern], where));
  if (said !== undefined) return hits(said.toString(), commit);
  if ((await printedIfAny(context, grep(["-q", "-a", ...pattern], where))) !== undefined) return undefined;
  const control = await printedIfAny(context, ["rev-parse", "--verify", "--quiet", `${commit ?? "HEAD"}^{tree}`]);
  return control === undefined ? undefined : [];
}

function patternOf({ text }: Search): readonly string[] {
  if ("expression" in text) return ["-E", "-e", text.expression];
  return ["-F", ...(text.anyCase === true ? ["-i"] : []), ...text.words.flatMap((word) => ["-e", word])];
}

function pathsOf({ folders, patterns = [], except }: Search): readonly string[] {
  const magic = ({ exact }: PathPattern) => (exact === true ? "top,glob" : "top,glob,icase");
  return [
    ...folders.map(inFolder),
    ...patterns.map((pattern) => `:(${magic(pattern)})${pattern.glob}`),
    ...except.map((pattern) => `:(${magic(pattern)},exclude)${pattern.glob}`),
  ];
}

/** A commit, or the working tree; paths are git's, with their magic. */
interface SearchIn {
  readonly commit: string | undefined;
  readonly paths: readonly string[];
}

function grep(args: readonly string[], { commit, paths }: SearchIn): readonly string[] {
  const side = commit === undefined ? ["--untracked", "--no-exclude-standard"] : [];
  return [
    "-c",
    "grep.patternType=default",
    "grep",
    ...side,
    ...args,
    ...(commit === undefined ? [] : [commit]),
    "--",
    ...paths,
  ];
}

function hits(text: string, commit: string | undefined): readonly Hit[] {
  return text.split("\n").flatMap((line) => {
    const at = line.indexOf("\0");
    if (at === -1) return [];
    const file = commit === undefined ? line.slice(0, at) : line.slice(commit.length + 1, at);
    return [[file, line.slice(at + 1)] as const];
  });
}
