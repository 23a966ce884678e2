import { compileAccess } from "../../access/compile";
import { formatFinding, sortFindings } from "../../finding";
import type { Context } from "../../machine/context";
import { readRoster, UNREADABLE } from "./read-roster";
import { countOf } from "../../words";

/** Prints every finding of the roster and of what it compiles to, IAM's quotas above all. Exit 0 when it holds (warnings are allowed), 1 with errors, 2 when it cannot be read. */
export async function check(
  context: Context,
  options: { readonly roster?: string; readonly json: boolean },
): Promise<number> {
  const roster = await readRoster(context, options.roster);
  const compiled = roster.ok ? compileAccess(roster.value, context.now) : roster;
  const findings = sortFindings([...new Set([...roster.findings, ...compiled.findings])]);
  const ok = roster.ok && compiled.ok;
  if (options.json) context.stdout(`${JSON.stringify({ schemaVersion: 1, command: "check", ok, findings })}\n`);
  else {
    for (const finding of findings) context.stdout(`${formatFinding(finding)}\n`);
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const { people = [], teams = [], accounts = [] } = roster.ok ? roster.value : {};
    const holds = `the roster holds: ${people.length} people, ${teams.length} teams, ${accounts.length} accounts`;
    context.stderr(ok ? `${holds}\n` : `${countOf(errors, "error", "errors")}; nothing was compiled\n`);
  }
  if (ok) return 0;
  return findings.some(({ code }) => code === UNREADABLE) ? 2 : 1;
}
