import { compileMatrix } from "../modules/access/matrix";
import { formatFinding } from "../modules/finding";
import { renderMatrix } from "../modules/report/matrix";
import type { Context } from "./context";
import { readRoster } from "./read-roster";

/** Prints who holds which tier where. Exit 0, or 2 when the roster does not hold. */
export async function matrix(
  context: Context,
  { roster: path, json }: { readonly roster?: string; readonly json: boolean },
): Promise<number> {
  const roster = await readRoster(context, path);
  for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
  if (!roster.ok) {
    if (json)
      context.stdout(
        `${JSON.stringify({ schemaVersion: 1, command: "matrix", ok: false, findings: roster.findings })}\n`,
      );
    return 2;
  }
  if (json) {
    const data = compileMatrix(roster.value, context.now);
    context.stdout(`${JSON.stringify({ schemaVersion: 1, command: "matrix", ok: true, ...data })}\n`);
  } else context.stdout(renderMatrix(roster.value, context.now));
  return 0;
}
