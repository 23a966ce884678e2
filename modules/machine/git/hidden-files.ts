import { lstatSync } from "node:fs";
import { join } from "node:path";
import { type Known, known, unknown } from "../../known";
import { type GitPlace, runGit } from "./run-git";

/**
 * Files of the working tree that git was told not to look at (`update-index --assume-unchanged`, `--skip-worktree`), but for
 * what a sparse checkout leaves out: `git diff` says nothing of them, whatever they hold. Paths from `top`.
 */
export async function hiddenFiles(
  place: GitPlace,
  top: string,
  paths: readonly string[],
): Promise<Known<readonly string[]>> {
  const said = await runGit(place, ["ls-files", "-v", "-z", "--full-name", "--", ...paths]);
  if (!said.ok) return unknown(said.failure.reason);
  const hidden = (line: string): readonly string[] => {
    const [, flag = "", path] = /^([a-z]|S) (.+)$/s.exec(line) ?? [];
    if (path === undefined) return [];
    // A sparse checkout leaves out what it skips.
    const sparse = flag.toUpperCase() === "S" && lstatSync(join(top, path), { throwIfNoEntry: false }) === undefined;
    return sparse ? [] : [path];
  };
  return known(said.stdout.toString().split("\0").flatMap(hidden));
}
