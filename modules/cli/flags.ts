import { type Command, InvalidArgumentError, Option, type OptionValues } from "@commander-js/extra-typings";
import { isRoleName } from "../roster/deploy-role";

/** Flags that several commands take: one name and one meaning each. */

export const rosterFlag = () =>
  new Option("--roster <path>", "roster file or folder (default: roster.yaml, else roster/)");

export const jsonFlag = () =>
  new Option("--json", "machine-readable output on stdout, with a schemaVersion").default(false);

export const dateFlag = () =>
  new Option("--date <day>", "access on this day (UTC), such as 2027-01-15 (default: today)");

export const verboseFlag = () =>
  new Option("--verbose", "name the address of every resource that changes").default(false);

export const approveFlag = () => new Option("--auto-approve", "do not ask; needed without a terminal").default(false);

export const dryRunFlag = () => new Option("--dry-run", "show what would change, and write nothing").default(false);

export const parallelismFlag = () =>
  new Option("--parallelism <n>", "stacks at the same time; each costs one provider process per account")
    .argParser((text) => wholeNumber(text, { least: 1, most: 64 }))
    .default(2);

/** `--as`: one role's name, that every account has. */
export const asFlag = (about: string) =>
  new Option("--as <role>", about).argParser((name): string => {
    if (isRoleName(name)) return name;
    throw new InvalidArgumentError("give the name of a role that every account has, or its path/name");
  });

/** A number of days after which something is old. @default 90 */
export const daysFlag = <Flags extends string>(flags: Flags, about: string) =>
  new Option(flags, about).argParser((text) => wholeNumber(text, { least: 1, most: 3650, of: " of days" })).default(90);

/** Whose keys, and where a code comes from when one is needed. */
export const withOwnKeys = <Arguments extends unknown[], Options extends OptionValues>(
  command: Command<Arguments, Options>,
) =>
  command
    .addOption(
      new Option("--source-profile <name>", "profile of your own keys (default: the environment's keys, else default)"),
    )
    .addOption(new Option("--mfa-serial <arn>", "the MFA device to take a code of (default: the one you have)"))
    .addOption(new Option("--mfa-stdin", "read the MFA code from standard input"));

interface Range {
  readonly least: number;
  readonly most: number;
  /** What is counted, after `a whole number`. */
  readonly of?: string;
}

/** The number that a flag was given, written in digits only; commander says the error with the flag's name. */
export function wholeNumber(text: string, { least, most, of = "" }: Range): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`give a whole number${of} from ${least} to ${most}`);
}
