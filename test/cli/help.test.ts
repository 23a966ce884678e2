import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { parsedWords } from "../../modules/cli/commands";
import { createProgram } from "../../modules/cli/program";
import { heard } from "../support/in-process";

/** Every command with those below it. */
function all(command: CommandUnknownOpts): readonly CommandUnknownOpts[] {
  return [command, ...command.commands.flatMap(all)];
}

let commands: readonly CommandUnknownOpts[] = [];

beforeAll(async () => {
  commands = all((await createProgram(heard("/").context)) as CommandUnknownOpts);
});

function helpOf(command: CommandUnknownOpts): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (part) => parts.push(part), getOutHelpWidth: () => 80 });
  command.outputHelp();
  return parts.join("");
}

test("the help of every command fits 80 columns", () => {
  for (const command of commands) {
    const text = helpOf(command);
    expect(text.length).toBeGreaterThan(40);
    const long = text.split("\n").filter((line) => line.length > 80);
    expect([command.name(), long]).toEqual([command.name(), []]);
  }
});

test("every command, argument and option says what it is", () => {
  const silent = commands.flatMap((command) => [
    ...(command.description() === "" ? [command.name()] : []),
    ...command.registeredArguments
      .filter(({ description }) => !description)
      .map((each) => `${command.name()} ${each.name()}`),
    ...command.options.filter(({ description }) => !description).map(({ flags }) => `${command.name()} ${flags}`),
  ]);
  expect(silent).toEqual([]);
  expect(commands.length).toBeGreaterThan(30);
});

test.each([
  ["help keys rotate", "keys rotate --help"],
  ["help nope", "nope"],
  ["help keys nope", "keys nope"],
  ["nope --help", "nope"],
  ["keys rotat -h", "keys rotat"],
  ["constructor --help", "constructor"],
  ["help", "help"],
  ["keys --help", "keys --help"],
  ["keys help rotate", "keys help rotate"],
  ["exec testing -- ls --help", "exec testing -- ls --help"],
])("%s is read as %s: help is no answer to a command that does not exist", (typed, read) => {
  expect(parsedWords(typed.split(" ")).join(" ")).toBe(read);
});
