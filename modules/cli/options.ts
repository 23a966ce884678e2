import { type Command, InvalidArgumentError, Option } from "commander";
import { isRoleName } from "../roster/deploy-role";

function parallelism(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64)
    throw new InvalidArgumentError("give a whole number from 1 to 64");
  return value;
}

/** Runs a command's function; its number becomes the exit code. */
export function exits<T extends unknown[]>(run: (...args: T) => Promise<number>): (...args: T) => Promise<void> {
  return async (...args) => {
    process.exitCode = await run(...args);
  };
}

export const rosterOption = () =>
  new Option("--roster <path>", "roster file or folder (default: roster.yaml, else roster/)");
export const jsonOption = () =>
  new Option("--json", "machine-readable output on stdout, with a schemaVersion").default(false);
export const parallelismOption = () =>
  new Option("--parallelism <n>", "stacks at the same time; each costs one provider process per account")
    .argParser(parallelism)
    .default(2);
/** `--as`: one role's name, that every account has. */
export function asOption(what: string): Option {
  return new Option("--as <role>", what).argParser((name) => {
    if (isRoleName(name)) return name;
    throw new InvalidArgumentError("give the name of a role that every account has, or its path/name");
  });
}
export const verboseOption = () =>
  new Option("--verbose", "name the address of every resource that changes").default(false);
export const approveOption = () => new Option("--auto-approve", "do not ask; needed without a terminal").default(false);

/** A number of days after which something is old. @default 90 */
export function daysOption(flags: string, what: string): Option {
  return new Option(flags, what).argParser(days).default(90);
}

function days(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 3650)
    throw new InvalidArgumentError("give a whole number of days from 1 to 3650");
  return value;
}

/** Whose keys, and where a code comes from when one is needed. */
export function withOwnKeys(command: Command): Command {
  return command
    .addOption(
      new Option("--source-profile <name>", "profile of your own keys (default: the environment's keys, else default)"),
    )
    .addOption(new Option("--mfa-serial <arn>", "the MFA device to take a code of (default: the one you have)"))
    .addOption(new Option("--mfa-stdin", "read the MFA code from standard input"));
}
