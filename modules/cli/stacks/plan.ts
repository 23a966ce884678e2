import { join } from "node:path";
import type { Context } from "../../machine/context";
import { renderReview } from "../../review/render";
import { commitText } from "../../review/sides";
import { planStacks } from "../../terraform/run/run-stacks";
import type { StackResult } from "../../terraform/run/stack-run";
import type { Answer } from "../answer";
import { define } from "../command";
import { asFlag, jsonFlag, parallelismFlag, rosterFlag, verboseFlag } from "../flags";
import { type ChangedStacks, changedStacks } from "./changed-stacks";
import { accessJson, accessOfPlans, type PlansAccess } from "./plan-access";
import { renderStacks } from "./render-stacks";
import { reportStacks, someUnknown } from "./stack-report";
import { STACK_TOOLS, type StackSession, type StackTools, withStacks } from "./stack-session";
import { shownPath, workFolder } from "./work-folder";

/** What the flags of `plan` say. */
export interface PlanOptions {
  readonly parallelism: number;
  readonly verbose: boolean;
  readonly roster?: string | undefined;
  /** Role of each account that plans instead of the deploy role. */
  readonly as?: string | undefined;
  /** Git ref; only stacks that differ from its synth are planned. */
  readonly changed?: string | undefined;
  /** @default `plans` in the run's own folder */
  readonly out?: string | undefined;
}

/** Saves the plans for `rolecall apply --plans`. Exit 0 no changes, 1 changes, 2 when a stack could not be planned. */
export const plan = define(
  {
    name: "plan",
    about: "synthesize and plan all or the named stacks, and save the plans",
    schemaVersion: 3,
    usage: (command) =>
      command
        .argument("[stack...]")
        .option(
          "--changed <git-ref>",
          "only stacks whose synthesized JSON differs from this ref's; runs that ref's code, so trust it",
        )
        .addOption(
          asFlag(
            "plan with this role of each account (it need only read) instead of the deploy roles; such plans are never applied",
          ),
        )
        .option("--out <dir>", "folder for saved plans and logs (default: .rolecall/plans)")
        .addOption(verboseFlag())
        .addOption(parallelismFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  (context, options, stacks) => planWith(STACK_TOOLS, context, options, stacks),
);

export async function planWith(
  tools: StackTools,
  context: Context,
  options: PlanOptions,
  stacks: readonly string[],
): Promise<Answer> {
  const { out, as, changed, roster } = options;
  const plans = out ?? join(workFolder(context), as === undefined ? "plans" : "plans-to-read");
  return withStacks(context, { ...options, plans, stacks }, tools, async (session) => {
    const compared = await changedStacks(context, { changed, roster, as }, tools.synth, session.stacks);
    const results = await planStacks(session.run, compared.changed);
    const access = await accessOfPlans(context, { plans, results, roster, as });
    return answerOf(context, options, session, { compared, results, access });
  });
}

interface Planned {
  readonly compared: ChangedStacks;
  readonly results: readonly StackResult[];
  readonly access: PlansAccess;
}

function answerOf(
  context: Context,
  options: PlanOptions,
  { run, stacks }: StackSession,
  { compared: { base, changed, removed }, results, access: { review, doubts } }: Planned,
): Answer {
  const reports = reportStacks(context, stacks, results);
  const text = [
    ...(base === undefined ? [] : [`stacks that differ from ${commitText(base)}:\n`]),
    ...(review === undefined ? [] : [`${renderReview(review)}\n`]),
    renderStacks(reports, options.verbose || review === undefined),
  ];
  const failed = someUnknown(results);
  const some = results.some(({ outcome }) => outcome === "changes");
  return {
    exit: failed ? 2 : some ? 1 : 0,
    text: text.join(""),
    data: { base, removed, access: review && accessJson(review), stacks: reports },
    talk: [
      ...doubts,
      ...removed.map((name) => `stack ${name} is no longer synthesized; what it created stays in AWS and in its state`),
      ...(options.changed !== undefined && changed.length === 0 ? ["no stack differs"] : []),
      ...(failed ? [] : [nextText(options, shownPath(context, run.plans), some)]),
    ],
  };
}

function nextText({ as }: PlanOptions, plans: string, some: boolean): string {
  if (as !== undefined) return `planned as ${as}, to be read and never applied`;
  return some ? `saved; to apply exactly this: rolecall apply --plans ${plans}` : `saved in ${plans}`;
}
