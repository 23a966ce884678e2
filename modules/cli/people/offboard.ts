import { PROTECTED_PATH } from "../../access/names";
import { jsonText } from "../json-text";
import { formatFinding } from "../../finding";
import type { OffboardEntry } from "../../people/run-offboarding";
import { quote } from "../../text";
import { approve, type Confirm, confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { intendedSteps, previewOf } from "./offboard-preview";
import { type OffboardRecord, openReport, type WriteReport } from "./offboard-report";

import { type Clients, type OffboardOptions, type OffboardPlan, prepareOffboarding } from "./prepare-offboarding";
import { orExplain } from "../or-explain";
import { readRoster } from "../roster/read-roster";
import { removeFromRoster } from "./remove-from-roster";

/**
 * Takes everything from a person, in an order that is safe to break off, and repeats what is missing when run again. Exit 0
 * done or nothing to do, 1 not confirmed, refused, or what a dry run would do, 2 something could not be done or read.
 */
export async function offboard(
  context: Context,
  person: string,
  options: OffboardOptions,
  { confirm = confirmOnTerminal, clock = () => new Date() }: { confirm?: Confirm; clock?: () => Date } = {},
): Promise<number> {
  return orExplain(context, async () => {
    if (!/^[\w+=,.@-]{1,64}$/.test(person)) {
      context.stderr(`${quote(person)} cannot be the name of an IAM user\n`);
      return 2;
    }
    const roster = await readRoster(context, options.roster);
    for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
    if (!roster.ok) return 2;
    const prepared = await prepareOffboarding(context, roster.value, person, options);
    if (typeof prepared === "number") return prepared;
    const { plan, clients } = prepared;
    if (options.dryRun) return showPlan(context, options, plan);
    context.stderr(previewOf(plan));
    const question = `Remove all of this from ${person}? Type yes: `;
    const cure = "look at it with --dry-run, then run this with --yes";
    const answer = await approve(context, { autoApprove: options.yes === true, question, confirm, cure });
    if (answer !== 0) return answer;
    const write = options.report === undefined ? undefined : openReport(context, options.report);
    const record = await run(context, plan, clients, { options, write, clock });
    return say(context, options, record, record.complete ? 0 : 2);
  });
}

/** A dry run's answer: there is always something to do, for else the person was not found. 2 where an account was not read. */
function showPlan(context: Context, { json }: OffboardOptions, plan: OffboardPlan): number {
  const { person, by, reachable } = plan;
  const steps = intendedSteps(plan);
  const data = { person, by, dryRun: true, steps, elsewhere: reachable.elsewhere };
  context.stdout(json ? jsonText("offboard", data) : previewOf(plan));
  return plan.unreachable.size > 0 ? 2 : 1;
}

interface Run {
  readonly options: OffboardOptions;
  readonly write: WriteReport | undefined;
  readonly clock: () => Date;
}

async function run(
  context: Context,
  plan: OffboardPlan,
  clients: Clients,
  { options, write, clock }: Run,
): Promise<OffboardRecord> {
  const { runOffboarding } = await import("../../people/run-offboarding");
  const entries: (OffboardEntry & { readonly at: string })[] = [];
  const record = (entry: OffboardEntry) => {
    entries.push({ ...entry, at: clock().toISOString() });
    const { account, what, failure } = entry;
    context.stderr(
      `${failure === undefined ? "done  " : "FAILED"}  ${account}: ${what}${failure ? `: ${failure}` : ""}\n`,
    );
    write?.(recordOf(plan, entries, [], false));
  };
  write?.(recordOf(plan, entries, [], false));
  const { person, state, reachable } = plan;
  const everybody = options.everybody === true;
  const asked = { person, iam: clients.user, state, roles: reachable.roles, clientOf: clients.of, everybody, record };
  const cleared = await runOffboarding(asked);
  if (cleared && plan.inRoster) record(await removeFromRoster(context, person, options.roster));
  const complete = cleared && entries.every(({ failure }) => failure === undefined);
  const done = recordOf(plan, entries, notesOf(plan, complete), complete);
  write?.(done);
  return done;
}

function recordOf(
  { person, by }: OffboardPlan,
  entries: OffboardRecord["entries"],
  notes: readonly string[],
  complete: boolean,
): OffboardRecord {
  return { person, by, entries: [...entries], notes, complete };
}

/** What remains for people to do. */
function notesOf({ reachable, inRoster }: OffboardPlan, complete: boolean): readonly string[] {
  const accounts = [...new Set(reachable.roles.map(({ account }) => account.key))];
  const managed = reachable.roles.filter(({ arn }) => arn.includes(`:role${PROTECTED_PATH}`));
  const left = [...new Set(managed.map(({ account }) => account.key))];
  return [
    ...(complete
      ? []
      : ["not complete: mend what failed and run the same command again; it goes on where this one ended"]),
    ...(accounts.length === 0
      ? []
      : [
          `in 12 hours, when no session can live any more, run rolecall offboard --finish; until then ${left.length === 0 ? "" : `rolecall apply leaves ${left.join(", ")} alone, and `}apply nothing with other tools in ${accounts.join(", ")}: Terraform would remove the denial, and open sessions would live again`,
        ]),
    ...(complete && inRoster
      ? ["commit the roster, and apply the user account: it changes nothing but the state"]
      : []),
    ...reachable.elsewhere.map(
      (arn) => `the person's documents also named ${quote(arn)}; see to sessions there by hand`,
    ),
    "what was made while signed in stays: users, keys and roles made by an administrator, sessions of other roles taken from a role, files; see CloudTrail",
  ];
}

function say(context: Context, { json }: OffboardOptions, record: OffboardRecord, code: number): number {
  if (json) context.stdout(jsonText("offboard", { dryRun: false, ...record }));
  else for (const note of record.notes) context.stderr(`note: ${note}\n`);
  return code;
}
