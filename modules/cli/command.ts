import { type Command, type CommandUnknownOpts, Option, type OptionValues } from "@commander-js/extra-typings";
import type { Context } from "../machine/context";
import { type Answer, answer, type Frame } from "./answer";

/** How a command is called. */
export interface CommandUsage<Arguments extends unknown[], Options extends OptionValues> {
  /** As it is typed: `check`, `keys rotate`. */
  readonly name: string;
  /** What it does, for its help and the list of commands. */
  readonly about: string;
  /** Of what `--json` prints; it rises when something in it changes its meaning or goes. @default 1 */
  readonly schemaVersion?: number;
  /** Adds arguments and flags; the types of what `run` gets follow from it. */
  readonly usage: (command: Command) => Command<Arguments, Options>;
}

/** Does the work. Throws a `Refusal` for what users can fix; any other exception is a bug. */
export type Run<Arguments extends unknown[], Options extends OptionValues> = (
  context: Context,
  options: Options,
  ...args: Arguments
) => Promise<Answer>;

/** A command: one file, with everything that is its own. */
export interface CommandFile<Arguments extends unknown[], Options extends OptionValues>
  extends CommandUsage<Arguments, Options> {
  readonly run: Run<Arguments, Options>;
}

// biome-ignore lint/suspicious/noExplicitAny: what the table of commands and the program know of a command.
export type AnyCommand = CommandFile<any, any>;

/** A command's file; `run` gets the types that `usage` comes to. */
export function define<Arguments extends unknown[], Options extends OptionValues>(
  usage: CommandUsage<Arguments, Options>,
  run: Run<Arguments, Options>,
): CommandFile<Arguments, Options> {
  return { ...usage, run };
}

/** How the answer of a command is printed. */
export function frameOf(
  { name, schemaVersion = 1 }: Pick<AnyCommand, "name" | "schemaVersion">,
  flags: { readonly json: boolean; readonly debug: boolean },
): Frame {
  return { command: name, schemaVersion, ...flags };
}

/** Runs a command as the command line does: with its answer printed. Returns the exit code. */
export function execute<Arguments extends unknown[], Options extends OptionValues>(
  context: Context,
  file: CommandFile<Arguments, Options>,
  options: Options,
  ...args: Arguments
): Promise<number> {
  const { json, debug } = options as { readonly json?: unknown; readonly debug?: unknown };
  const frame = frameOf(file, { json: json === true, debug: debug === true });
  return answer(context, frame, () => file.run(context, options, ...args));
}

/** Makes `command` do what the file says. */
export function build(context: Context, command: Command, file: AnyCommand): CommandUnknownOpts {
  const built = file.usage(command.description(file.about));
  built.addOption(new Option("--debug", "show where in the program a bug is").hideHelp());
  return built.action(async (...received: readonly unknown[]) => {
    const args = received.slice(0, built.registeredArguments.length);
    process.exitCode = await execute(context, file, built.opts(), ...args);
  });
}
