import { type Known, known, unknown } from "../../known";
import { type GitPlace, runGit, stdoutText } from "./run-git";

/** Checks a commit, given by its full hash, out into a folder that is not there yet, and makes sure that it is this one. */
export async function addWorktree(place: GitPlace, folder: string, commit: string): Promise<Known<string>> {
  const added = await runGit(place, ["worktree", "add", "--detach", "--quiet", folder, commit]);
  if (!added.ok) return unknown(added.failure.reason);
  const said = await runGit({ ...place, root: folder }, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (!said.ok) return unknown(said.failure.reason);
  return stdoutText(said.stdout) === commit ? known(folder) : unknown("git checked out another commit");
}

/** Forgets a worktree that `addWorktree` made, with its folder; it may not have come into being. */
export async function removeWorktree(place: GitPlace, folder: string): Promise<void> {
  await runGit(place, ["worktree", "remove", "--force", folder]);
}
