import { type Command, Option } from "commander";
import type { Context } from "../../machine/context";
import { daysOption, exits, jsonOption, rosterOption, withOwnKeys } from "../options";

/** A person's own MFA devices and keys, and what is wrong with their setup. */
export function addDevicesCommands(program: Command, context: Context): void {
  addMfaCommands(program.command("mfa").description("your own MFA devices: enrol, list, remove"), context);
  addKeysCommands(program.command("keys").description("your own access keys: list, rotate"), context);

  program
    .command("whoami")
    .description("who these credentials are, how long, and which roles the roster lets that person take")
    .addOption(new Option("--profile <name>", "whose credentials (default: what the aws client would take)"))
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./whoami")).whoami(context, options)));

  withOwnKeys(program.command("doctor [account] [tier]"))
    .description("what is wrong with your setup, each with its cure; with an account, why a role there cannot be taken")
    .option("--mfa", "take a code, for what cannot be looked at without", false)
    .addOption(daysOption("--key-days <n>", "days after which an access key is old"))
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(
      exits(async (account, tier, options) => (await import("./doctor")).doctor(context, { account, tier }, options)),
    );
}

function addMfaCommands(mfa: Command, context: Context): void {
  withOwnKeys(mfa.command("enrol"))
    .description("make an authenticator app your MFA device: shows a QR code, asks for two codes, enables it")
    .option("--name <device>", "what to call it (default: your user name, then with -2 and so on)")
    .option("--keychain", "keep the seed in this system's keychain as well: codes then come by themselves", false)
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./mfa-enrol")).enrolMfa(context, options)));
  withOwnKeys(mfa.command("list"))
    .description("your devices: name, kind, since when, serial number")
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./mfa")).listMfa(context, options)));
  withOwnKeys(mfa.command("remove <device>"))
    .description("deactivate and delete one of your devices, by its name or serial number; takes MFA")
    .option("--last", "even when it is the only one", false)
    .option("--yes", "do not ask; needed without a terminal", false)
    .addOption(jsonOption())
    .action(exits(async (device, options) => (await import("./mfa")).removeMfa(context, device, options)));
}

function addKeysCommands(keys: Command, context: Context): void {
  withOwnKeys(keys.command("list"))
    .description("your keys: id, whether active, age, last use; takes MFA")
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./keys")).listKeys(context, options)));
  withOwnKeys(keys.command("rotate"))
    .description("a new key into the credentials file, tried, then the old one deactivated and deleted; takes MFA")
    .option("--delete-unused", "delete the second key, which is not in the file, to make room", false)
    .option("--keep-old", "leave the old key inactive instead of deleting it", false)
    .option("--yes", "do not ask before deleting; needed without a terminal", false)
    .addOption(jsonOption())
    .action(exits(async (options) => (await import("./keys")).rotateKeys(context, options)));
}
