import type { Command } from "commander";
import type { Context } from "../../machine/context";
import { asOption, approveOption, exits, jsonOption, parallelismOption, rosterOption, verboseOption } from "../options";

/** Terraform over the stacks. */
export function addStacksCommands(program: Command, context: Context): void {
  program
    .command("plan [stack...]")
    .description("synthesize and plan all or the named stacks, and save the plans")
    .option(
      "--changed <git-ref>",
      "only stacks whose synthesized JSON differs from this ref's; runs that ref's code, so trust it",
    )
    .addOption(
      asOption(
        "plan with this role of each account (it need only read) instead of the deploy roles; such plans are never applied",
      ),
    )
    .option("--out <dir>", "folder for saved plans and logs (default: .rolecall/plans)")
    .addOption(verboseOption())
    .addOption(parallelismOption())
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (stacks, options) => (await import("./plan")).plan(context, { stacks, ...options })));

  program
    .command("apply [stack...]")
    .description("apply saved plans (--plans), or plan, show, ask and apply exactly what was shown")
    .option(
      "--plans <dir>",
      "apply the plans that `rolecall plan --out <dir>` saved; refused when their inputs changed since",
    )
    .addOption(approveOption())
    .addOption(verboseOption())
    .addOption(parallelismOption())
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (stacks, options) => (await import("./apply")).apply(context, { stacks, ...options })));

  program
    .command("destroy [stack...]")
    .description("remove everything all or the named stacks hold, after asking")
    .addOption(approveOption())
    .addOption(verboseOption())
    .addOption(parallelismOption())
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (stacks, options) => (await import("./destroy")).destroy(context, { stacks, ...options })));
}
