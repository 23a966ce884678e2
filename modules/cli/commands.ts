import type { AnyCommand } from "./command";

/** The file of each command, by what is typed; loaded when it is used. */
export type CommandTable = Readonly<Record<string, () => Promise<AnyCommand>>>;

export interface CommandGroup {
  readonly heading: string;
  readonly commands: CommandTable;
}

/** All commands, under the headings of the help. */
export const GROUPS: readonly CommandGroup[] = [
  {
    heading: "The roster:",
    commands: {
      check: async () => (await import("./roster/check")).check,
      matrix: async () => (await import("./roster/matrix")).matrix,
      report: async () => (await import("./roster/report")).report,
      schema: async () => (await import("./roster/schema")).schema,
      grant: async () => (await import("./roster/grant")).grant,
      revoke: async () => (await import("./roster/revoke")).revoke,
      "add person": async () => (await import("./roster/add-person")).addPerson,
      "add account": async () => (await import("./roster/add-account")).addAccount,
      "add team": async () => (await import("./roster/add-team")).addTeam,
    },
  },
  {
    heading: "Proof and review:",
    commands: {
      prove: async () => (await import("./proof/prove")).prove,
      can: async () => (await import("./proof/can")).can,
      scp: async () => (await import("./proof/scp")).scp,
      review: async () => (await import("./review/review")).review,
    },
  },
  {
    heading: "Terraform:",
    commands: {
      plan: async () => (await import("./stacks/plan")).plan,
      apply: async () => (await import("./stacks/apply")).apply,
      destroy: async () => (await import("./stacks/destroy")).destroy,
      sandbox: async () => (await import("./sandbox/sandbox")).sandbox,
    },
  },
  {
    heading: "Every day, for a person:",
    commands: {
      profiles: async () => (await import("./profiles/profiles")).profiles,
      credentials: async () => (await import("./session/credentials")).credentials,
      exec: async () => (await import("./session/exec")).exec,
      env: async () => (await import("./session/env")).env,
      console: async () => (await import("./session/console")).openConsole,
      "mfa enrol": async () => (await import("./devices/mfa-enrol")).enrolMfa,
      "mfa list": async () => (await import("./devices/mfa-list")).listMfa,
      "mfa remove": async () => (await import("./devices/mfa-remove")).removeMfa,
      "keys list": async () => (await import("./devices/keys-list")).listKeys,
      "keys rotate": async () => (await import("./devices/keys-rotate")).rotateKeys,
      whoami: async () => (await import("./devices/whoami")).whoami,
      doctor: async () => (await import("./devices/doctor")).doctor,
    },
  },
  {
    heading: "For those who run the user account:",
    commands: {
      invite: async () => (await import("./people/invite")).invite,
      offboard: async () => (await import("./people/offboard")).offboard,
      audit: async () => (await import("./people/audit")).audit,
    },
  },
];

/** Commands that have others below them. */
export const PARENTS: Readonly<Record<string, string>> = {
  add: "add a person, an account or a team to the roster",
  mfa: "your own MFA devices: enrol, list, remove",
  keys: "your own access keys: list, rotate",
};

/** The name of the command that these words begin with, as it is typed; none where no command is named. */
export function commandNamed(words: readonly string[]): string | undefined {
  const [first = "", second = ""] = words[0] === "help" ? words.slice(1) : words;
  const names = GROUPS.flatMap(({ commands }) => Object.keys(commands));
  return [`${first} ${second}`, first].find((name) => names.includes(name));
}

/** The file of a command, by its name. */
export async function loadCommand(name: string): Promise<AnyCommand | undefined> {
  return GROUPS.flatMap(({ commands }) => commands[name] ?? [])[0]?.();
}

/**
 * The words as commander takes them: `help keys rotate` is `keys rotate --help`, and a command that does not exist is not answered
 * with help.
 */
export function parsedWords(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  const asked = first === "help" && rest.length > 0 ? [...rest, "--help"] : words;
  return isKnown(asked) ? asked : asked.filter((word) => word !== "--help" && word !== "-h");
}

/** False where the first word, or the second after a parent, is a command that does not exist. */
function isKnown([first, second]: readonly string[]): boolean {
  if (isFlag(first) || first === "help") return true;
  const names = GROUPS.flatMap(({ commands }) => Object.keys(commands));
  if (!Object.hasOwn(PARENTS, first)) return names.includes(first);
  return isFlag(second) || second === "help" || names.includes(`${first} ${second}`);
}

function isFlag(word: string | undefined): word is undefined | `-${string}` {
  return word === undefined || word.startsWith("-");
}
