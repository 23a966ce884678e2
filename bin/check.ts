import { formatFinding } from "../modules/finding";
import type { Context } from "./context";
import { readRoster, UNREADABLE } from "./read-roster";

/** Prints every finding of the roster. Exit 0 when it holds (warnings are allowed), 1 with errors, 2 when it cannot be read. */
export async function check(
  context: Context,
  options: { readonly roster?: string; readonly json: boolean },
): Promise<number> {
  const roster = await readRoster(context, options.roster);
  const { findings, ok } = roster;
  if (options.json) context.stdout(`${JSON.stringify({ schemaVersion: 1, command: "check", ok, findings })}\n`);
  else {
    for (const finding of findings) context.stdout(`${formatFinding(finding)}\n`);
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const { people = [], teams = [], accounts = [] } = roster.ok ? roster.value : {};
    const holds = `the roster holds: ${people.length} people, ${teams.length} teams, ${accounts.length} accounts`;
    context.stderr(ok ? `${holds}\n` : `${errors} ${errors === 1 ? "error" : "errors"}; nothing was compiled\n`);
  }
  if (ok) return 0;
  return findings.some(({ code }) => code === UNREADABLE) ? 2 : 1;
}
