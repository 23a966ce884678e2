import { compileAccess } from "../../access/compile";
import { jsonText } from "../json-text";
import { formatFinding, someError, sortFindings } from "../../finding";
import type { Context } from "../../machine/context";
import { rulesOfFolder, UNREADABLE_RULES } from "../review/review-rules";
import { checkRules } from "./check-rules";
import { readRoster, UNREADABLE } from "./read-roster";
import { countOf } from "../../words";

/**
 * Prints every finding of the roster, of what it compiles to (IAM's quotas above all) and of review.yaml. Exit 0 when they hold
 * (warnings are allowed), 1 with errors, 2 when one cannot be read.
 */
export async function check(
  context: Context,
  options: { readonly roster?: string; readonly json: boolean },
): Promise<number> {
  const roster = await readRoster(context, options.roster);
  const compiled = roster.ok ? compileAccess(roster.value, context.now) : roster;
  const rules = rulesOfFolder(context);
  const ruled = checkRules(context, rules, roster.ok ? roster.value : undefined);
  const findings = sortFindings([...new Set([...roster.findings, ...compiled.findings, ...ruled])]);
  const ok = roster.ok && compiled.ok && !someError(ruled);
  if (options.json) context.stdout(jsonText("check", { ok, findings }));
  else {
    for (const finding of findings) context.stdout(`${formatFinding(finding)}\n`);
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const { people = [], teams = [], accounts = [] } = roster.ok ? roster.value : {};
    const holds = `the roster holds: ${people.length} people, ${teams.length} teams, ${accounts.length} accounts`;
    const rulesHold = rules === "absent" ? "" : "; the review rules hold";
    context.stderr(ok ? `${holds}${rulesHold}\n` : `${countOf(errors, "error", "errors")}; nothing was compiled\n`);
  }
  if (ok) return 0;
  return findings.some(({ code }) => code === UNREADABLE || code === UNREADABLE_RULES) ? 2 : 1;
}
