import type { Command } from "commander";
import { createProgram } from "../../modules/cli/program";
import { isJsonCommand } from "../../modules/cli/json-text";
import { heard } from "../support/in-process";

/** Every command with those below it. */
function all(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(all)];
}

const commands = all(createProgram(heard("/").context));
const named = commands.map((command) => [command.name(), command] as const);

test.each(named)("%s: the help fits 80 columns", (_name, command) => {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (part) => parts.push(part), getOutHelpWidth: () => 80 });
  command.outputHelp();
  const text = parts.join("");
  expect(text.length).toBeGreaterThan(40);
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
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

test("whatever takes --json has a version of its own", () => {
  const path = (command: Command): string =>
    command.parent?.parent ? `${path(command.parent)} ${command.name()}` : command.name();
  const json = commands.filter(({ options }) => options.some(({ long }) => long === "--json")).map(path);
  expect(json.filter((name) => !isJsonCommand(name))).toEqual([]);
  expect(json.length).toBeGreaterThan(20);
});
