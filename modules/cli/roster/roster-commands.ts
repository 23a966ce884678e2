import { type Command, InvalidArgumentError, Option } from "commander";
import type { Context } from "../../machine/context";
import { exits, jsonOption, rosterOption } from "../options";

/** The roster itself: checked, shown, drawn, described for editors. */
export function addRosterCommands(program: Command, context: Context): void {
  program
    .command("check")
    .description("check the roster and review.yaml: every finding at once, sorted, with its place and what to do")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./check")).check(context, options)));

  program
    .command("matrix")
    .description("print who holds which tier in which account, today or on another day")
    .option("--account <key...>", "only these accounts, or those of an @environment")
    .option("--team <name...>", "only members of these teams")
    .option("--person <name...>", "only these people")
    .option("--tier <name...>", "only these tiers, and who holds one of them")
    .option("--date <day>", "access on this day (UTC), such as 2027-01-15 (default: today)")
    .addOption(rosterOption())
    .addOption(
      new Option(
        "--width <n>",
        "characters of a line (default: the terminal's; without one as many as it takes)",
      ).argParser(width),
    )
    .addOption(jsonOption())
    .action(
      exits(async (options) => (await import("./matrix")).matrix(context, { width: terminalWidth(), ...options })),
    );

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

  program
    .command("schema")
    .description("print the JSON Schema of the roster, for editors")
    .option("--review", "that of the rules for reviews, review.yaml", false)
    .action(exits(async (options) => (await import("./schema")).schema(context, options)));
}

/** A name and one account's letter need as much. */
const MIN_WIDTH = 40;

/** `undefined` without a terminal, or with one that does not tell. */
function terminalWidth(): number | undefined {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns > 0 ? Math.max(MIN_WIDTH, columns) : undefined;
}

function width(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < MIN_WIDTH || value > 10_000)
    throw new InvalidArgumentError(`give a whole number from ${MIN_WIDTH} to 10000`);
  return value;
}
