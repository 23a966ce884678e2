import { type Command, Option, type OptionValues } from "@commander-js/extra-typings";
import { rosterFlag, withOwnKeys } from "../flags";

/** Who works, and with which keys: every command about a role takes these. */
export const withSession = <Arguments extends unknown[], Options extends OptionValues>(
  command: Command<Arguments, Options>,
) =>
  withOwnKeys(
    command.addOption(
      new Option("--person <name>", "who you are in the roster (default: the user your keys belong to)"),
    ),
  ).addOption(rosterFlag());
