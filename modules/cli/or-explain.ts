import { Refusal } from "../refusal";
import { awsProblem } from "../live/aws-problem";
import type { Context } from "../machine/context";

/** Runs a command's work; what it throws is said in one line with its cure, and the exit code is 2. */
export async function orExplain(context: Context, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    context.stderr(`${sentenceOf(error)}\n`);
    return 2;
  }
}

/** Our own errors are sentences; AWS's, the SDK's and Node's come from outside. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return error instanceof Error && error.name === "Error" && !("code" in error) ? error.message : awsProblem(error);
}
