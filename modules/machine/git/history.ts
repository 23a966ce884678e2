import { type Known, known, unknown } from "../../known";
import { findRepository } from "./repository";
import { type GitPlace, runGit, stdoutText } from "./run-git";

/**
 * How many commits the base has that the head does not have; both are full hashes. None is a fact in every clone. Some is one only where
 * all of the history is at hand: what a shallow clone counts may be beyond what it holds of the head.
 */
export async function commitsMissing(place: GitPlace, base: string, head: string): Promise<Known<number>> {
  const said = await runGit(place, ["rev-list", "--count", `${head}..${base}`]);
  if (!said.ok) return unknown(said.failure.reason);
  const count = Number(stdoutText(said.stdout));
  if (count === 0) return known(0);
  if (!Number.isSafeInteger(count)) return unknown("git printed no count of commits");
  const found = await findRepository(place);
  if (!found.ok) return unknown(found.failure.reason);
  return found.repository.shallow
    ? unknown("this clone is shallow; fetch its history (git fetch --unshallow, or fetch-depth: 0)")
    : known(count);
}
