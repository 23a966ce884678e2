import { type Command, Option } from "commander";
import { STYLE_NAMES } from "../../client/profiles/style-names";
import type { Context } from "../../machine/context";
import { exits, jsonOption, rosterOption } from "../options";

/** What a person puts into their own configuration. */
export function addProfilesCommands(program: Command, context: Context): void {
  program
    .command("profiles [person]")
    .description("print a person's profiles of the AWS config file, for exactly the roles they may take; or write them")
    .addOption(new Option("--style <style>", "who takes the roles").choices(STYLE_NAMES).default("session"))
    .option("--write", "into the AWS config file, as one marked block; every other byte stays")
    .option("--undo", "take that block away again")
    .option("--dry-run", "with --write or --undo: show what would change, exit 1 if anything")
    .option("--file <path>", "config file (default: AWS_CONFIG_FILE, else ~/.aws/config)")
    .option("--prefix <text>", "before every profile's name", "")
    .option("--source-profile <name>", "profile of the person's own keys (default: what the style takes)")
    .option("--mfa-serial <arn>", "the person's MFA device, for styles that name it (default: as before, else asked)")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (person, options) => (await import("./profiles")).profiles(context, person, options)));
}
