import type { Context } from "../../machine/context";
import { commitsMissing } from "../../machine/git/history";
import { countOf } from "../../words";

/** A line for each reason why a comparison reads the wrong way: what only the base has looks as if the head takes it back. */
export async function missingCommits(
  context: Context,
  base: string | undefined,
  head: string | undefined,
): Promise<readonly string[]> {
  if (base === undefined) return [];
  const unknown = (reason: string) => [`whether the head has all commits of the base is unknown: ${reason}`];
  if (head === undefined) return unknown("nothing is checked out");
  const missing = await commitsMissing(context, base, head);
  if (!missing.known) return unknown(missing.reason);
  if (missing.value === 0) return [];
  const count = countOf(missing.value, "commit", "commits");
  return [
    `the base has ${count} that the head does not have, and this change appears to revert them: merge or rebase first, or give the commit where the two diverge (git merge-base) as --base`,
  ];
}
