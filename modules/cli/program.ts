import { Command, type CommandUnknownOpts, Help } from "@commander-js/extra-typings";
import manifest from "../../package.json";
import type { Context } from "../machine/context";
import { build, type AnyCommand } from "./command";
import { type CommandTable, commandNamed, GROUPS, PARENTS } from "./commands";
import { holdUsage } from "./usage";

const EPILOGUE = `
Exit codes: 0 holds, 1 findings or changes, 2 could not tell; review: 3 only
less access. The roster is read from ./roster.yaml or ./roster/; --roster or
ROLECALL_ROSTER names another. --debug, of every command, shows where in the
program a bug is.

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
  rolecall exec testing -- aws s3 ls     one command as the weakest role there`;

/**
 * The command line for the words that were typed. Where they name a command only its file is loaded; without, the whole of it,
 * for help and for what was misspelled.
 */
export async function createProgram(context: Context, words: readonly string[] = []): Promise<Command> {
  const named = commandNamed(words);
  const program = createRoot();
  for (const { heading, commands } of GROUPS) {
    program.commandsGroup(heading);
    await addCommands(program, context, named === undefined ? commands : only(commands, named));
  }
  program.commandsGroup("Help:").helpCommand("help [command]", "what a command does and takes");
  holdUsage(program as CommandUnknownOpts);
  return program;
}

function createRoot(): Command {
  const program = new Command("rolecall");
  // Before the commands are made: they inherit it. Usage errors then end with our exit codes.
  program.exitOverride();
  const help = new Help();
  program.configureHelp({
    // In the list of commands a name is enough; what a command takes is in its own help. So everything fits 80 columns.
    subcommandTerm: (command) => command.name(),
    minWidthToWrap: 20,
    // That a switch is off unless given needs no words.
    optionDescription: (option) =>
      option.defaultValue === false ? option.description : help.optionDescription(option),
  });
  return program
    .version(manifest.version)
    .description("Who may do what in which AWS account, as code you can prove.")
    .showHelpAfterError("(see rolecall --help)")
    .addHelpText("after", EPILOGUE);
}

function only(commands: CommandTable, name: string): CommandTable {
  const load = commands[name];
  return load === undefined ? {} : { [name]: load };
}

async function addCommands(program: Command, context: Context, commands: CommandTable): Promise<void> {
  const parents = new Map<string, Command>();
  const parentOf = (name: string): Command => {
    const parent = parents.get(name) ?? program.command(name).description(PARENTS[name] ?? "");
    parents.set(name, parent);
    return parent;
  };
  for (const load of Object.values(commands)) {
    const file: AnyCommand = await load();
    const words = file.name.split(" ");
    const [first = "", second] = words;
    build(context, second === undefined ? program.command(first) : parentOf(first).command(second), file);
  }
}
