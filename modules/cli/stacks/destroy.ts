import { type ApplyOptions, planAndApply } from "./apply";
import type { Context } from "../../machine/context";
import { STACK_TOOLS, type StackTools } from "./stack-command";

/**
 * Plans the removal of everything all or the named stacks hold, shows it, asks with the accounts' names, and applies exactly
 * that. Exit 0 removed or nothing there, 1 not confirmed, 2 failed.
 */
export async function destroy(
  context: Context,
  options: Omit<ApplyOptions, "plans">,
  tools: StackTools = STACK_TOOLS,
): Promise<number> {
  return planAndApply(context, "destroy", options, tools);
}
