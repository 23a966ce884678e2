import { unknown } from "../../known";
import type { Context } from "../../machine/context";
import { commitsMissing } from "../../machine/git/history";
import { countOf } from "../../words";

/** What the base alone has looks as if this change took it back. */
export async function tellMissing(context: Context, base: string, head: string | undefined): Promise<void> {
  const missing = head === undefined ? unknown("nothing is checked out") : await commitsMissing(context, base, head);
  const wrongWay = "what they changed reads the wrong way round here: merge or rebase first";
  const parting = "give the commit where the two part (git merge-base) as --base";
  if (!missing.known)
    context.stderr(`it cannot be told whether the head has all commits of the base: ${missing.reason}\n`);
  else if (missing.value > 0)
    context.stderr(
      `the base has ${countOf(missing.value, "commit", "commits")} that the head has not, and ${wrongWay}, or ${parting}\n`,
    );
}
