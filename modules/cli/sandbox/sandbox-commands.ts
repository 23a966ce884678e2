import type { Command } from "commander";
import type { Context } from "../../machine/context";
import { exits, jsonOption } from "../options";

/** The local AWS. */
export function addSandboxCommands(program: Command, context: Context): void {
  program
    .command("sandbox")
    .description("a local AWS emulator, real Terraform against it, and nothing of yours in reach")
    .argument("<action>", "start | stop | reset | env")
    .addOption(jsonOption())
    .action(exits(async (action, options) => (await import("./sandbox")).sandbox(context, { action, ...options })));
}
