import { join } from "node:path";
import { planStacks } from "../../terraform/run/run-stacks";
import type { Context } from "../../machine/context";
import { isRoleName } from "../../roster/deploy-role";
import { commitText } from "../../review/sides";
import { quote } from "../../text";
import { renderReview } from "../../review/render";
import { changedStacks } from "./changed-stacks";
import { accessJson, accessOfPlans } from "./plan-access";
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
  if (options.as !== undefined && !isRoleName(options.as)) {
    context.stderr(
      `--as ${quote(options.as)} is no role's name; give a name or path/name that every account has a role of\n`,
    );
    return 2;
  }
  const plans = options.out ?? join(workFolder(context), options.as === undefined ? "plans" : "plans-to-read");
  return withStacks(context, { ...options, command: "plan", plans }, tools, async ({ run, stacks }, heard) => {
    const compared = await changedStacks(heard, options, tools.synth, stacks);
    if (compared === undefined) return undefined;
    const results = await planStacks(run, compared.changed);
    const { removed, base } = compared;
    const made = { plans, results, roster: options.roster, as: options.as };
    const access = await accessOfPlans(heard, made);
    const more = { ...(base && { base }), removed, ...(access && { access: accessJson(access) }) };
    if (base !== undefined && !options.json) context.stdout(`stacks that differ from ${commitText(base)}:\n`);
    if (access !== undefined && !options.json) context.stdout(`${renderReview(access)}\n`);
    const verbose = options.verbose === true || access === undefined;
    printStacks(context, { command: "plan", ...options, verbose, more }, reportStacks(context, stacks, results));
    for (const name of removed) {
      context.stderr(`stack ${name} is not synthesized any more; what it made stays in AWS and in its state\n`);
    }
    if (options.changed !== undefined && compared.changed.length === 0) context.stderr("no stack differs\n");
    if (someUnknown(results)) return 2;
    const some = results.some(({ outcome }) => outcome === "changes");
    if (options.as !== undefined) context.stderr(`planned as ${options.as}, to be read and never applied\n`);
    else if (some)
      context.stderr(`saved; to apply exactly this: rolecall apply --plans ${shownPath(context, run.plans)}\n`);
    else context.stderr(`saved in ${shownPath(context, run.plans)}\n`);
    return some ? 1 : 0;
  });
}
