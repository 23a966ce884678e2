import { compileAccess } from "../../access/compile";
import { formatFinding, someError, sortFindings } from "../../finding";
import { countOf } from "../../words";
import { define } from "../command";
import { jsonFlag, rosterFlag } from "../flags";
import { rulesOfFolder, UNREADABLE_RULES } from "../review/review-rules";
import { checkRules } from "./check-rules";
import { readRoster, UNREADABLE } from "./read-roster";

/**
 * Every finding of the roster, of what it compiles to (IAM's quotas above all) and of review.yaml. Exit 0 when they hold
 * (warnings are allowed), 1 with errors, 2 when one cannot be read.
 */
export const check = define(
  {
    name: "check",
    about: "check the roster and review.yaml: every finding at once, sorted, with its place and what to do",
    usage: (command) => command.addOption(rosterFlag()).addOption(jsonFlag()),
  },
  async (context, options) => {
    const roster = await readRoster(context, options.roster);
    const compiled = roster.ok ? compileAccess(roster.value, context.now) : roster;
    const rules = rulesOfFolder(context);
    const ruled = checkRules(context, rules, roster.ok ? roster.value : undefined);
    const findings = sortFindings([...new Set([...roster.findings, ...compiled.findings, ...ruled])]);
    const ok = roster.ok && compiled.ok && !someError(ruled);
    const { people = [], teams = [], accounts = [] } = roster.ok ? roster.value : {};
    const holds = `the roster holds: ${people.length} people, ${teams.length} teams, ${accounts.length} accounts`;
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const unread = findings.some(({ code }) => code === UNREADABLE || code === UNREADABLE_RULES);
    return {
      exit: ok ? 0 : unread ? 2 : 1,
      data: { ok, findings },
      text: findings.map((finding) => `${formatFinding(finding)}\n`).join(""),
      talk: [
        ok
          ? `${holds}${rules === "absent" ? "" : "; the review rules hold"}`
          : `${countOf(errors, "error", "errors")}; nothing was compiled`,
      ],
    };
  },
);
