import { formatFinding, someError, sortFindings } from "../../finding";
import { countOf } from "../../words";
import { define } from "../command";
import { jsonFlag, rosterFlag } from "../flags";
import { rulesOfFolder, UNREADABLE_RULES } from "../review/review-rules";
import { checkRules } from "./check-rules";
import { readCompiled } from "./compiled-roster";
import { UNREADABLE } from "./read-roster";

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
    const compiled = await readCompiled(context, { path: options.roster });
    const rules = rulesOfFolder(context);
    const ruled = checkRules(context, rules, compiled.roster);
    const findings = sortFindings([...compiled.findings, ...ruled]);
    const ok = compiled.ok && !someError(ruled);
    const { people = [], teams = [], accounts = [] } = compiled.roster ?? {};
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
