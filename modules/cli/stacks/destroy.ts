import { define } from "../command";
import { approveFlag, jsonFlag, parallelismFlag, rosterFlag, verboseFlag } from "../flags";
import { planAndApply } from "./apply-plans";
import { STACK_TOOLS } from "./stack-session";

/**
 * Plans the removal of everything that all or the named stacks hold, shows it, asks with the accounts' names, and applies exactly
 * that. Exit 0 removed or nothing there, 1 not confirmed, 2 failed.
 */
export const destroy = define(
  {
    name: "destroy",
    about: "remove everything all or the named stacks hold, after asking",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("[stack...]")
        .addOption(approveFlag())
        .addOption(verboseFlag())
        .addOption(parallelismFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  (context, options, stacks) => planAndApply(STACK_TOOLS, context, "destroy", options, stacks),
);
