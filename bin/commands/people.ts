import type { Command } from "commander";
import type { Context } from "../context";
import { exits, jsonOption, rosterOption } from "./options";

/** Joining, leaving and looking after the accounts. */
export function addPeopleCommands(program: Command, context: Context): void {
  program
    .command("invite <person>")
    .description("give a person of the roster, once applied, a one-time password and a welcome page")
    .option("--age-recipient <recipient>", "encrypt the password to this age key, and print that")
    .option("--pgp-key <file-or-name>", "encrypt it to the one public key in this file, or to a key of your keyring")
    .option("--print", "print it in the clear on standard output, where there is no terminal")
    .option("--welcome-out <dir>", "write the welcome page there, as HTML and Markdown; it holds no secret")
    .option("--contact <text>", "who helps, for the welcome page")
    .option("--again", "set another one-time password for somebody who has one; their open sessions stay")
    .option("--yes", "do not ask whether a person with MFA devices asked for it")
    .addOption(rosterOption())
    .addOption(jsonOption())
    .action(exits(async (person, options) => (await import("../invite")).invite(context, person, options)));
}
