import type { CommandUnknownOpts as Command } from "@commander-js/extra-typings";
import { createProgram } from "../../modules/cli/program";
import { heard } from "../support/in-process";

/** What the real command line says against a call as a page writes it; `undefined` where it takes it. Nothing is run. */
export async function wrongWith(words: readonly string[]): Promise<string | undefined> {
  const said: string[] = [];
  const program = await createProgram(heard("/").context);
  for (const command of all(program as Command)) {
    command.exitOverride().configureOutput({ writeErr: (text) => said.push(text), writeOut: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
  }
  try {
    await program.parseAsync(words, { from: "user" });
    return undefined;
  } catch (error) {
    const isHelp = error instanceof Error && "exitCode" in error && error.exitCode === 0;
    return isHelp ? undefined : (said[0] ?? String(error)).trim();
  }
}

let program: ReturnType<typeof createProgram> | undefined;

/** The same of a call in prose, which may leave out what the command needs: the command and its options exist. */
export async function unknownIn(words: readonly string[]): Promise<string | undefined> {
  program ??= createProgram(heard("/").context);
  let command = (await program) as Command;
  for (const word of words) {
    const inner = command.commands.find((each) => each.name() === word);
    if (inner) command = inner;
    else if (command.commands.length > 0 && /^\w/.test(word)) return `no command ${word}`;
    else if (word === "--") return undefined;
    else if (word.startsWith("--") && !hasOption(command, word)) return `no option ${word}`;
  }
  return undefined;
}

function hasOption(command: Command, word: string): boolean {
  const [name] = word.split("=");
  return name === "--help" || command.options.some(({ long }) => long === name);
}

/** Every command with those below it. */
function all(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(all)];
}
