import { InvalidArgumentError, Option } from "commander";

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
export const approveOption = () => new Option("--auto-approve", "do not ask; needed without a terminal").default(false);
