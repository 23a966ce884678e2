import type { Command } from "commander";
import type { Context } from "../../machine/context";
import { exits, jsonOption, rosterOption } from "../options";

/** The roster itself: checked, shown, drawn, described for editors. */
export function addRosterCommands(program: Command, context: Context): void {
  program
    .command("report")
    .description("draw who may take which role in which account, and why, as one self-contained web page")
    .requiredOption("--out <file>", "where to write it; replaces a report, and nothing else")
    .option("--base <git-ref>", "show what changes since then; nothing of it is run")
    .option("--date <day>", "access on this day (UTC), such as 2027-01-15 (default: today)")
    .option("--force", "overwrite any file", false)
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./report")).report(context, options)));
}
