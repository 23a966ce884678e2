import type { Context } from "../../machine/context";
import { jsonText } from "../json-text";

export type StackCommandName = "plan" | "apply" | "destroy";

/** One JSON object in place of results: no stack was started. */
export function printNotStarted(context: Context, command: StackCommandName, errors: readonly string[]): void {
  context.stdout(jsonText(command, { ok: false, errors }));
}
