import { Command, Help } from "commander";
import manifest from "../../package.json";
import { addDevicesCommands } from "./devices/devices-commands";
import { addEditCommands } from "./roster/edit-commands";
import { addPeopleCommands } from "./people/people-commands";
import { addProfilesCommands } from "./profiles/profiles-commands";
import { addProofCommands } from "./proof/proof-commands";
import { addReviewCommands } from "./review/review-commands";
import { addRosterCommands } from "./roster/roster-commands";
import { addSandboxCommands } from "./sandbox/sandbox-commands";
import { addSessionCommands } from "./session/session-commands";
import { addStacksCommands } from "./stacks/stacks-commands";
import { holdUsage } from "./usage";
import type { Context } from "../machine/context";

/** The commands by what they are for, under a heading each in the help. */
const GROUPS = [
  ["The roster:", [addRosterCommands, addEditCommands]],
  ["Proof and review:", [addProofCommands, addReviewCommands]],
  ["Terraform:", [addStacksCommands, addSandboxCommands]],
  ["Every day, for a person:", [addProfilesCommands, addSessionCommands, addDevicesCommands]],
  ["For those who run the user account:", [addPeopleCommands]],
] as const;

/** The whole command line, with what its commands work on; only the file of the command that is used is loaded. */
export function createProgram(context: Context): Command {
  const program = new Command("rolecall");
  // Before the commands are made: they inherit it. Usage errors then end with our exit codes.
  program.exitOverride();
  const help = new Help();
  program.configureHelp({
    // In the list of commands a name is enough; what a command takes stands in its own help. So everything fits 80 columns.
    subcommandTerm: (command) => command.name(),
    minWidthToWrap: 20,
    // That a switch is off unless given needs no words.
    optionDescription: (option) =>
      option.defaultValue === false ? option.description : help.optionDescription(option),
  });

  program
    .version(manifest.version)
    .description("Who may do what in which AWS account, as code you can prove.")
    .showHelpAfterError("(see rolecall --help)")
    .addHelpText(
      "after",
      `
Exit codes: 0 holds, 1 findings or changes, 2 could not tell; review: 3 only
less access. The roster is read from ./roster.yaml or ./roster/; --roster or
ROLECALL_ROSTER names another.

Examples:
  rolecall check                         every mistake in it, with its cure
  rolecall matrix                        who holds which tier in which account
  rolecall prove                         that the documents grant exactly that
  rolecall can ann testing s3:GetObject  one question, with its reason
  rolecall review --base origin/main     who gains and loses what by this change
  rolecall plan --changed origin/main    plan stacks that differ from a git ref
  rolecall apply                         plan, show, ask, apply what was shown
  rolecall sandbox start                 a local AWS to try things on
  eval "$(rolecall sandbox env)"         point terraform, cdktf and aws at it
  rolecall exec testing -- aws s3 ls     one command as the weakest role there`,
    );

  for (const [heading, groups] of GROUPS) {
    program.commandsGroup(heading);
    for (const add of groups) add(program, context);
  }
  program.commandsGroup("Help:").helpCommand("help [command]", "what a command does and takes");
  holdUsage(program);
  return program;
}
