import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";

/** What the arguments of commands stand for; the same word is the same thing everywhere. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  account: "key of an account in the roster, or user for the user account",
  action: "such as s3:GetObject; an API call is read as its action",
  command: "the command to run and its arguments, after --",
  device: "name or serial number of an MFA device",
  id: "the account's twelve digits",
  name: "as the roster will have it",
  person: "name of a person's IAM user, as in the roster",
  profile: "name of a profile, such as testing-operator",
  resource: "ARN of what the action is on",
  stack: "names of stacks, as rolecall plan shows them; none means all",
  tier: "name of a tier, such as operator",
};

/**
 * What every command has in common in how it is called: an option that takes a value is given once, a switch and its opposite not
 * together, and errors point to the help of the command itself. Commander lets the last one win without a word.
 */
export function holdUsage(program: CommandUnknownOpts): void {
  for (const command of program.commands) {
    for (const argument of command.registeredArguments) argument.description ||= ARGUMENTS[argument.name()] ?? "";
    command.showHelpAfterError(`(see ${pathOf(command)} --help)`);
    refuseTwice(command);
    holdUsage(command);
  }
}

function pathOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function refuseTwice(command: CommandUnknownOpts): void {
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
