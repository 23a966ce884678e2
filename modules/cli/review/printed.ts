import type { Context } from "../../machine/context";
import { runGit } from "../../machine/git/run-git";

/** What git prints, or undefined, with the reason on standard error, when it gives no answer. */
export async function printed(context: Context, args: readonly string[]): Promise<Buffer | undefined> {
  const said = await runGit(context, args);
  if (said.ok) return said.stdout;
  context.stderr(`git did not say whether code changed: ${said.failure.reason}\n`);
  return undefined;
}

/** The same without a word, where no answer is one that is expected: what is not there, a search that finds nothing. */
export async function printedIfAny(context: Context, args: readonly string[]): Promise<Buffer | undefined> {
  const said = await runGit(context, args);
  return said.ok ? said.stdout : undefined;
}
