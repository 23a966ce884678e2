import type { Command } from "commander";
import type { Context } from "../../machine/context";
import { daysOption, exits, jsonOption, rosterOption } from "../options";

/** Joining, leaving and looking after the accounts. */
export function addPeopleCommands(program: Command, context: Context): void {
  program
    .command("invite <person>")
    .description("give a person of the roster, once applied, a one-time password and a welcome page")
    .option(
      "--age-recipient <recipient>",
      "encrypt the password to this age key (of age-keygen; no SSH key, no plugin's), and print that",
    )
    .option(
      "--pgp-key <file-or-name>",
      "encrypt it to the one public key in this file, or to a key of your keyring; never looked up on the network",
    )
    .option("--print", "print it in the clear on standard output, where there is no terminal")
    .option("--welcome-out <dir>", "write the welcome page there, as HTML and Markdown; it holds no secret")
    .option("--contact <text>", "who helps, for the welcome page")
    .option("--checkout <url>", "where the roster's repository is, for the welcome page")
    .option("--again", "set another one-time password for somebody who has one; their open sessions stay")
    .option("--yes", "do not ask whether a person with MFA devices asked for it")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (person, options) => (await import("./invite")).invite(context, person, options)));

  program
    .command("offboard [person]")
    .description("take everything from a person: keys, password, devices, open sessions, user, place in the roster")
    .option("--dry-run", "say what would be removed, and remove nothing")
    .option("--yes", "do not ask; needed without a terminal")
    .option("--report <file>", "keep a record of what was done, as Markdown or (.json) JSON")
    .option("--force", "also the only administrator of an account")
    .option(
      "--every-role",
      "end their sessions of all tiers everywhere: for access that was taken away just before (always so when the person is gone from roster and account)",
    )
    .option(
      "--everybody",
      "end everybody's sessions of these roles: for a trust that was changed by hand, or took other session names until now",
    )
    .option("--finish", "remove the denials that offboardings left, once no session they deny can live")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(
      exits(async (person, { finish, ...options }) => {
        const ofPerson = [options.yes, options.report, options.force, options.everyRole, options.everybody];
        if (finish === true && person === undefined && ofPerson.every((option) => option === undefined))
          return (await import("./finish-offboarding")).finishOffboarding(context, options);
        if (finish === true || person === undefined) {
          context.stderr("give a person, or --finish alone or with --dry-run\n");
          return 2;
        }
        return (await import("./offboard")).offboard(context, person, options);
      }),
    );

  program
    .command("audit")
    .description(
      "compare what the accounts really hold with the roster, report who else gets in and what is bad practice; changes nothing",
    )
    .addOption(daysOption("--key-days <n>", "days after which an access key is old"))
    .addOption(daysOption("--unused-days <n>", "days after which a person, key or role counts as unused"))
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./audit")).audit(context, options)));
}
