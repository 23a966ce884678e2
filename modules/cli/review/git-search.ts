import type { Context } from "../../machine/context";
import { printedIfAny } from "./printed";

/** Where to search: a commit, or the working tree with its untracked files; paths are git's, with their magic. */
export interface SearchIn {
  readonly commit: string | undefined;
  readonly paths: readonly string[];
}

/** Each hit as `[path, text]`; undefined when git cannot tell. A search that finds nothing ends like one that fails: git is asked again. */
export async function searchFiles(
  context: Context,
  pattern: readonly string[],
  where: SearchIn,
  only: "line" | "match",
): Promise<readonly (readonly [string, string])[] | undefined> {
  const shape = ["--no-color", "--no-line-number", "--no-column", "--full-name", "-a", "-z"];
  const said = await printedIfAny(context, grep([...shape, ...(only === "match" ? ["-o"] : []), ...pattern], where));
  if (said !== undefined) return hits(said.toString(), where.commit);
  if ((await printedIfAny(context, grep(["-q", "-a", ...pattern], where))) !== undefined) return undefined;
  const control = await printedIfAny(context, ["rev-parse", "--verify", "--quiet", `${where.commit ?? "HEAD"}^{tree}`]);
  return control === undefined ? undefined : [];
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

function hits(text: string, commit: string | undefined): readonly (readonly [string, string])[] {
  return text.split("\n").flatMap((line) => {
    const at = line.indexOf("\0");
    if (at === -1) return [];
    const file = commit === undefined ? line.slice(0, at) : line.slice(commit.length + 1, at);
    return [[file, line.slice(at + 1)] as const];
  });
}
