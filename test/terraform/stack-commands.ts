import { answer, type Answer } from "../../modules/cli/answer";
import { apply as applyFile, applyWith } from "../../modules/cli/stacks/apply";
import { planAndApply } from "../../modules/cli/stacks/apply-plans";
import { destroy as destroyFile } from "../../modules/cli/stacks/destroy";
import { plan as planFile, planWith } from "../../modules/cli/stacks/plan";
import type { StackTools } from "../../modules/cli/stacks/stack-session";
import type { Context } from "../../modules/machine/context";

/** Flags and arguments of the commands over stacks, as a test gives them. */
interface Given {
  readonly stacks: readonly string[];
  readonly parallelism: number;
  readonly json: boolean;
  readonly verbose?: boolean;
}

interface ToApply extends Given {
  readonly autoApprove: boolean;
  readonly plans?: string;
}

interface ToPlan extends Given {
  readonly as?: string;
  readonly changed?: string;
  readonly out?: string;
}

/** `rolecall plan` in this process with other tools; its exit code. */
export function plan(context: Context, { stacks, json, verbose = false, ...options }: ToPlan, tools: StackTools) {
  return printed(context, planFile, json, () => planWith(tools, context, { verbose, ...options }, stacks));
}

export function apply(context: Context, { stacks, json, verbose = false, ...options }: ToApply, tools: StackTools) {
  return printed(context, applyFile, json, () => applyWith(tools, context, { verbose, ...options }, stacks));
}

export function destroy(context: Context, { stacks, json, verbose = false, ...options }: ToApply, tools: StackTools) {
  return printed(context, destroyFile, json, () =>
    planAndApply(tools, context, "destroy", { verbose, ...options }, stacks),
  );
}

function printed(
  context: Context,
  { name, schemaVersion = 1 }: { readonly name: string; readonly schemaVersion?: number },
  json: boolean,
  work: () => Promise<Answer>,
): Promise<number> {
  return answer(context, { command: name, schemaVersion, json, debug: false }, work);
}
