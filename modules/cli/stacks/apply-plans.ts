import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../../machine/context";
import { renderReview } from "../../review/render";
import { planFiles } from "../../terraform/run/receipt";
import { applyStacks, planStacks } from "../../terraform/run/run-stacks";
import type { StackResult } from "../../terraform/run/stack-run";
import type { Answer } from "../answer";
import { paint } from "../paint";
import { type ApplyMode, expectSomeoneToAsk, expectApproval } from "./approval";
import { accessOfPlans } from "./plan-access";
import { renderStacks } from "./render-stacks";
import { nameAccounts, reportStacks, someUnknown } from "./stack-report";
import { type StackSession, type StackTools, withStacks } from "./stack-session";
import { workFolder } from "./work-folder";

/** What the flags of `apply` and `destroy` say. */
export interface ApplyOptions {
  readonly parallelism: number;
  readonly autoApprove: boolean;
  readonly verbose: boolean;
  readonly roster?: string | undefined;
}

/** Plans, shows, asks, and applies exactly what was shown. The plans are gone when it ends; only the logs stay. */
export async function planAndApply(
  tools: StackTools,
  context: Context,
  mode: ApplyMode,
  options: ApplyOptions,
  stacks: readonly string[],
): Promise<Answer> {
  expectSomeoneToAsk(context, mode, options.autoApprove);
  const plans = join(workFolder(context), mode);
  return withStacks(context, { ...options, plans, stacks }, tools, async (session) => {
    try {
      const planned = await planStacks(session.run, session.stacks, mode);
      return await askAndApply(tools, context, { mode, options, session, planned });
    } finally {
      for (const { name } of session.stacks) {
        const { plan, receipt } = planFiles(session.run.plans, name);
        for (const file of [plan, receipt]) rmSync(file, { force: true });
      }
    }
  });
}

export interface PlannedApply {
  readonly mode: ApplyMode;
  readonly options: ApplyOptions;
  readonly session: StackSession;
  readonly planned: readonly StackResult[];
}

/** Shows what the plans do, asks, and applies those that change something. */
export async function askAndApply(tools: StackTools, context: Context, given: PlannedApply): Promise<Answer> {
  const { mode, options, session, planned } = given;
  const { run, stacks } = session;
  const answerWith = (results: readonly StackResult[]) => answerOf(context, given, results);
  const changed = planned.filter(({ outcome }) => outcome === "changes").map(({ stack }) => stack);
  if (changed.length === 0 || run.interruption.requested) return answerWith(planned);
  await show(context, given);
  const where = nameAccounts(reportStacks(context, stacks, planned)) || changed.join(", ");
  if (!options.autoApprove) await expectApproval(tools.confirm, mode, where);
  const chosen = stacks.filter(({ name }) => changed.includes(name));
  const applied = await applyStacks(run, chosen, planned, mode === "apply" ? "applying" : "destroying");
  return answerWith(planned.map((result) => applied.find(({ stack }) => stack === result.stack) ?? result));
}

/** On standard error, before the question: standard output has what was done. */
async function show(context: Context, { mode, options, session, planned }: PlannedApply): Promise<void> {
  const { run, stacks } = session;
  const made = { plans: run.plans, results: planned, roster: options.roster, destroys: mode === "destroy" };
  const { review, doubts } = await accessOfPlans(context, made);
  const text = [
    ...doubts.map((doubt) => `${doubt}\n`),
    ...(review === undefined ? [] : [`${renderReview(review)}\n`]),
    renderStacks(reportStacks(context, stacks, planned), options.verbose || review === undefined),
  ];
  context.stderr(paint(context, "stderr", mode, text.join("")));
}

function answerOf(
  context: Context,
  { options, session: { stacks } }: PlannedApply,
  results: readonly StackResult[],
): Answer {
  const reports = reportStacks(context, stacks, results);
  const stale = results.some(({ outcome }) => outcome === "stale");
  return {
    exit: someUnknown(results) ? 2 : stale ? 1 : 0,
    text: renderStacks(reports, options.verbose),
    data: { stacks: reports },
  };
}
