import type { Command } from "commander";
import type { Context } from "../context";
import { exits, jsonOption, rosterOption } from "./options";

/** The roster itself: checked, shown, described for editors. */
export function addRosterCommands(program: Command, context: Context): void {
  program
    .command("check")
    .description("check the roster: every finding at once, sorted, with its place and what to do")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("../check")).check(context, options)));

  program
    .command("matrix")
    .description("print who holds which tier in which account, today")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("../matrix")).matrix(context, options)));

  program
    .command("schema")
    .description("print the JSON Schema of the roster, for editors")
    .action(exits(async () => (await import("../schema")).schema(context)));
}
