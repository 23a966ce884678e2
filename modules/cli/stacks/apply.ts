import { rmSync } from "node:fs";
import { join } from "node:path";
import { chooseStacks, type SynthesizedStack } from "../../terraform/run/manifest";
import { savedStacks } from "../../terraform/run/receipt";
import { applyStacks, planStacks, reviewStacks } from "../../terraform/run/run-stacks";
import type { StackResult } from "../../terraform/run/stack-run";
import { quote } from "../../text";
import { renderReview } from "../../review/render";
import { approve, nobodyToAsk } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import {
  STACK_TOOLS,
  type StackOptions,
  type StackSession,
  shownPath,
  type StackTools,
  withStacks,
  workFolder,
} from "./stack-command";
import { nameAccounts, printStacks, renderStacks, reportStacks, someUnknown } from "./stack-report";
import { printNotStarted } from "./not-started";
import { accessOfPlans } from "./plan-access";

export interface ApplyOptions extends StackOptions {
  readonly autoApprove: boolean;
  /** Folder of plans that `rolecall plan` saved. */
  readonly plans?: string;
}

/** Plans that this command makes for itself; gone when it ends, only the logs stay. */
const ownPlans = (context: Context, command: "apply" | "destroy") => join(workFolder(context), command);

/**
 * Without `plans`: plans, shows, asks, and applies exactly what was shown. With `plans`: shows, asks and applies what
 * `rolecall plan` saved; a plan whose inputs changed since is refused. Without a terminal it needs `autoApprove`.
 * Exit 0 applied or nothing to do, 1 refused or not confirmed, 2 failed.
 */
export async function apply(context: Context, options: ApplyOptions, tools: StackTools = STACK_TOOLS): Promise<number> {
  const { plans } = options;
  if (plans === undefined) return planAndApply(context, "apply", options, tools);
  if (!someoneApproves(context, "apply", options)) return 2;
  return withStacks(context, { ...options, command: "apply", plans }, tools, async (session, heard) => {
    const saved = chooseSaved(heard, session, options);
    if (saved === undefined) return undefined;
    const reviewed = await reviewStacks(session.run, saved);
    return askAndApply(context, "apply", options, tools, { ...session, stacks: saved }, reviewed);
  });
}

/** Plans in mode `command`, asks, applies. */
export async function planAndApply(
  context: Context,
  command: "apply" | "destroy",
  options: ApplyOptions,
  tools: StackTools,
): Promise<number> {
  if (!someoneApproves(context, command, options)) return 2;
  return withStacks(context, { ...options, command, plans: ownPlans(context, command) }, tools, async (session) => {
    const { run, stacks } = session;
    try {
      const planned = await planStacks(run, stacks, command);
      return await askAndApply(context, command, options, tools, session, planned);
    } finally {
      for (const { name } of stacks) removeOwnPlan(run.plans, name);
    }
  });
}

/** Said before anything is planned: the answer would come after minutes of planning. */
function someoneApproves(context: Context, command: "apply" | "destroy", options: ApplyOptions): boolean {
  const cure =
    command === "apply"
      ? "run rolecall plan and review it, then apply --plans with --auto-approve"
      : "run this with --auto-approve to remove everything unasked";
  const nobody = options.autoApprove ? undefined : nobodyToAsk(context, cure);
  if (nobody === undefined) return true;
  context.stderr(`${nobody}\n`);
  if (options.json) printNotStarted(context, command, [nobody]);
  return false;
}

function removeOwnPlan(plans: string, stack: string): void {
  for (const ending of [".tfplan", ".receipt.json"]) rmSync(`${plans}/${stack}${ending}`, { force: true });
}

/** The stacks of a folder of saved plans, or of those the named ones. */
function chooseSaved(
  context: Context,
  { run, stacks }: StackSession,
  options: ApplyOptions,
): readonly SynthesizedStack[] | undefined {
  const names = savedStacks(run.plans);
  const lost = names.filter((name) => !stacks.some((stack) => stack.name === name));
  if (names.length === 0) {
    context.stderr(`no saved plans in ${quote(shownPath(context, run.plans))}; run rolecall plan --out there first\n`);
    return undefined;
  }
  const refused = options.stacks.length === 0 ? lost : lost.filter((name) => options.stacks.includes(name));
  if (refused.length > 0) {
    context.stderr(
      `saved plan of ${refused.map(quote).join(", ")} is refused: no such stack is synthesized; plan again\n`,
    );
    return undefined;
  }
  const chosen = chooseStacks(
    stacks.filter(({ name }) => names.includes(name)),
    options.stacks,
  );
  if (!chosen.known) context.stderr(`${chosen.reason}\n`);
  return chosen.known ? chosen.value : undefined;
}

async function askAndApply(
  context: Context,
  command: "apply" | "destroy",
  options: ApplyOptions,
  tools: StackTools,
  { run, stacks }: StackSession,
  planned: readonly StackResult[],
): Promise<number> {
  const reports = reportStacks(context, stacks, planned);
  const withChanges = planned.filter(({ outcome }) => outcome === "changes").map(({ stack }) => stack);
  const print = (results: readonly StackResult[]) =>
    printStacks(context, { command, ...options }, reportStacks(context, stacks, results));
  if (withChanges.length === 0 || run.interruption.requested) {
    print(planned);
    if (someUnknown(planned)) return 2;
    return planned.some(({ outcome }) => outcome === "stale") ? 1 : 0;
  }
  const made = { plans: run.plans, results: planned, roster: options.roster, destroys: command === "destroy" };
  const access = await accessOfPlans(context, made);
  if (access !== undefined) context.stderr(`${renderReview(access)}\n`);
  context.stderr(renderStacks(reports, options.verbose === true || access === undefined));
  const verb = command === "apply" ? "apply these changes to" : "DESTROY what rolecall made in";
  const question = `${verb} ${nameAccounts(reports) || withChanges.join(", ")}? type yes: `;
  const refused = await approve(context, { autoApprove: options.autoApprove, question, confirm: tools.confirm });
  if (refused !== 0) return refused;
  const chosen = stacks.filter(({ name }) => withChanges.includes(name));
  const applied = await applyStacks(run, chosen, planned, command === "apply" ? "applying" : "destroying");
  const results = planned.map((result) => applied.find(({ stack }) => stack === result.stack) ?? result);
  print(results);
  if (someUnknown(results)) return 2;
  return results.some(({ outcome }) => outcome === "stale") ? 1 : 0;
}
