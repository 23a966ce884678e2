import type { Context } from "../../machine/context";

export type StackCommandName = "plan" | "apply" | "destroy";

/** Of the JSON of each command. */
export const VERSIONS: Readonly<Record<StackCommandName, number>> = { plan: 2, apply: 1, destroy: 1 };

/** One JSON object in place of results: no stack was started. */
export function printNotStarted(context: Context, command: StackCommandName, errors: readonly string[]): void {
  context.stdout(`${JSON.stringify({ schemaVersion: VERSIONS[command], command, ok: false, errors })}\n`);
}
