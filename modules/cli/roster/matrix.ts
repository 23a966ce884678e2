import { compileMatrix } from "../../access/matrix";
import { formatFinding } from "../../finding";
import { renderMatrix } from "../../report/matrix";
import { buildPicture } from "../../report/picture/build";
import type { Roster } from "../../roster/roster";
import type { Context } from "../../machine/context";
import { readRoster } from "./read-roster";

export interface MatrixOptions {
  readonly roster?: string;
  readonly json: boolean;
  /** Characters of a line; as long as needed without one. */
  readonly width?: number;
}

/** Prints who holds which tier where. Exit 0, or 2 when the roster does not hold. */
export async function matrix(context: Context, { roster: path, json, width }: MatrixOptions): Promise<number> {
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
    const data = { ...compileMatrix(roster.value, context.now), totals: totalsOf(roster.value, context.now) };
    context.stdout(`${JSON.stringify({ schemaVersion: 1, command: "matrix", ok: true, ...data })}\n`);
  } else context.stdout(renderMatrix(roster.value, context.now, width));
  return 0;
}

/** Holders of each tier in each account. */
function totalsOf(roster: Roster, now: Date): readonly { account: string; tier: string; holders: number }[] {
  return buildPicture(roster, now).columns.flatMap(({ account, totals }) =>
    totals.map(({ mark, holders }) => ({ account, tier: mark.tier, holders })),
  );
}
