import { type Confirm, confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { intendedSteps, previewOf } from "../../people/leaving/preview";
import type { OffboardPlan } from "../../people/leaving/plan-offboarding";
import type { OffboardEntry } from "../../people/leaving/record";
import { Refusal } from "../../refusal";
import type { Answer } from "../answer";
import { define } from "../command";
import { expectSettledProfile } from "../devices/expect-settled";
import { dryRunFlag, jsonFlag, rosterFlag } from "../flags";
import { expectRoster } from "../roster/read-roster";
import { expectYes } from "./expect-yes";
import { finishAll } from "./offboard-finish";
import { openRecord } from "./record-file";
import { removeFromRoster } from "./remove-from-roster";

/**
 * Takes everything from a person, or removes with --finish what offboardings left. Exit 0 done or nothing to do, 1 refused, not
 * confirmed, or something is left for later or for a run that is not dry, 2 something could not be done or read.
 */
export const offboard = define(
  {
    name: "offboard",
    about: "take everything from a person: keys, password, devices, open sessions, user, place in the roster",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("[person]")
        .addOption(dryRunFlag())
        .option("--yes", "do not ask; needed without a terminal")
        .option("--report <file>", "keep a record of what was done, as Markdown or (.json) JSON")
        .option("--force", "also the only administrator of an account")
        .option("--every-role", EVERY_ROLE)
        .option("--everybody", EVERYBODY)
        .option("--finish", "remove the denials that offboardings left, once no session they deny can still be valid")
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { finish, ...options }, person) => {
    const ofPerson = [options.yes, options.report, options.force, options.everyRole, options.everybody];
    if (finish && person === undefined && ofPerson.every((option) => option === undefined))
      return finishAll(context, options);
    if (finish || person === undefined) throw new Refusal("give a person; or only --finish, with or without --dry-run");
    return offboardAsking(context, options, person, ON_TERMINAL);
  },
);

const EVERY_ROLE =
  "end their sessions of all tiers everywhere: for access that was removed just before (implied when the person is gone from the roster and the account)";
const EVERYBODY =
  "end everybody's sessions of these roles: for a trust that was changed by hand, or accepted other session names until now";

export interface OffboardOptions {
  readonly roster?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly dryRun: boolean;
  readonly report?: string | undefined;
  readonly force?: boolean | undefined;
  readonly everyRole?: boolean | undefined;
  readonly everybody?: boolean | undefined;
}

export interface OffboardTools {
  readonly confirm: Confirm;
  readonly clock: () => Date;
}

const ON_TERMINAL: OffboardTools = { confirm: confirmOnTerminal, clock: () => new Date() };

/** Offboards one person, with other ways to ask a person and to tell the time. */
export async function offboardAsking(
  context: Context,
  options: OffboardOptions,
  person: string,
  { confirm, clock }: OffboardTools,
): Promise<Answer> {
  const { roster, findings } = await expectRoster(context, options.roster);
  await expectSettledProfile(context);
  const { planOffboarding } = await import("../../people/leaving/plan-offboarding");
  const { accountOpener } = await import("../../live/open-account");
  const { force = false, everyRole = false, everybody = false } = options;
  const request = { roster, person, now: context.now, force, everyRole, everybody };
  const plan = await planOffboarding(request, accountOpener("rolecall-offboard"));
  if (options.dryRun) return { findings, ...shown(plan) };
  for (const warning of plan.warnings) context.stderr(`${warning}\n`);
  context.stderr(previewOf(plan));
  const question = `Remove all of this from ${person}?`;
  const cure = "see what would be removed with --dry-run, then run this with --yes";
  await expectYes(context, { question, yes: options.yes === true, confirm, cure });
  const { offboardPerson } = await import("../../people/offboard");
  const record = await offboardPerson(plan, {
    clock,
    keep: options.report === undefined ? () => undefined : openRecord(context, options.report),
    report: (entry) => context.stderr(lineOf(entry)),
    removeFromRoster: () => removeFromRoster(context, person, options.roster),
  });
  const talk = record.notes.map((note) => `note: ${note}`);
  return { exit: record.complete ? 0 : 2, findings, data: { dryRun: false, ...record }, talk };
}

/** The answer of a dry run: there is always something to do, because otherwise the person was not found. 2 where an account was not read. */
function shown(plan: OffboardPlan): Answer {
  const { person, by, reachable, connections, warnings } = plan;
  const isComplete = [...connections.values()].every(({ known }) => known);
  const steps = intendedSteps(plan);
  const data = { person, by, dryRun: true, steps, elsewhere: reachable.elsewhere };
  return { exit: isComplete ? 1 : 2, data, text: previewOf(plan), talk: warnings };
}

function lineOf({ account, what, failure }: OffboardEntry): string {
  return failure === undefined ? `done    ${account}: ${what}\n` : `FAILED  ${account}: ${what}: ${failure}\n`;
}
