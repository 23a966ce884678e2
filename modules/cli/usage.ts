import type { Command, Option } from "commander";

/**
 * What every command has in common in how it is called: an option that takes a value is given once, a switch and its opposite not
 * together, and errors point to the help of the command itself. Commander lets the last one win without a word.
 */
export function holdUsage(program: Command): void {
  for (const command of program.commands) {
    command.showHelpAfterError(`(see ${pathOf(command)} --help)`);
    refuseTwice(command);
    holdUsage(command);
  }
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function refuseTwice(command: Command): void {
  const given = new Map<string, Option>();
  for (const option of command.options.filter(({ variadic }) => !variadic))
    command.on(`option:${option.name()}`, () => {
      const before = given.get(option.attributeName());
      given.set(option.attributeName(), option);
      if (before === undefined || (before === option && option.isBoolean())) return;
      const flag = `--${option.name()}`;
      command.error(
        before === option
          ? `error: ${flag} is given twice; give it once`
          : `error: give either --${before.name()} or ${flag}`,
      );
    });
}
