import { join } from "node:path";
import { planStacks } from "../modules/terraform/run-stacks";
import type { Context } from "./context";
import { changedStacks } from "./changed-stacks";
import { STACK_TOOLS, type StackOptions, shownPath, type StackTools, withStacks, workFolder } from "./stack-command";
import { printStacks, reportStacks, someUnknown } from "./stack-report";

export interface PlanOptions extends StackOptions {
  /** Git ref; only stacks that differ from its synth are planned. */
  readonly changed?: string;
  /** @default `plans` in the run's own folder */
  readonly out?: string;
}

/**
 * Plans all or the named stacks and saves the plans for `rolecall apply --plans`. Exit 0 no changes, 1 changes, 2 when a
 * stack could not be planned.
 */
export async function plan(context: Context, options: PlanOptions, tools: StackTools = STACK_TOOLS): Promise<number> {
  const plans = options.out ?? join(workFolder(context), "plans");
  return withStacks(context, { ...options, plans }, tools, async ({ run, stacks }) => {
    const compared = await changedStacks(context, options, tools.synth, stacks);
    if (compared === undefined) return 2;
    const results = await planStacks(run, compared.changed);
    const removed = compared.removed;
    printStacks(context, { command: "plan", ...options, more: { removed } }, reportStacks(context, stacks, results));
    for (const name of removed) {
      context.stderr(`stack ${name} is not synthesized any more; what it made stays in AWS and in its state\n`);
    }
    if (options.changed !== undefined && compared.changed.length === 0) context.stderr("no stack differs\n");
    if (someUnknown(results)) return 2;
    const some = results.some(({ outcome }) => outcome === "changes");
    if (some) context.stderr(`saved; to apply exactly this: rolecall apply --plans ${shownPath(context, run.plans)}\n`);
    return some ? 1 : 0;
  });
}
