import type { ShellWord } from "./shell";

/** What a command does with files, as far as its words say. */
export interface CommandUse {
  /** Words that name what runs: if one is unknown, so is what runs. */
  readonly runs: readonly ShellWord[];
  /** Folders it works in. */
  readonly folders: readonly ShellWord[];
  /** Values given to variables. */
  readonly assigns: readonly (readonly [string, ShellWord])[];
  /** Everything else it says. */
  readonly others: readonly ShellWord[];
  /** Text that is a script itself. */
  readonly scripts: readonly string[];
  /** Where these name a folder, whatever is in it may run. */
  readonly wholes: readonly ShellWord[];
  /** The same, and an unknown one lets anything run: search paths, and what a container is given. */
  readonly searched: readonly ShellWord[];
  readonly tokens: readonly string[];
  /** Bare names of programs, which a search path may lead to a file of the repository. */
  readonly programs: readonly string[];
  /** It runs what is put together, decoded, or found while it runs. */
  readonly computed: boolean;
}

export const NONE: CommandUse = {
  runs: [],
  folders: [],
  assigns: [],
  others: [],
  scripts: [],
  wholes: [],
  searched: [],
  tokens: [],
  programs: [],
  computed: false,
};

export function use(part: Partial<CommandUse>): CommandUse {
  return { ...NONE, ...part };
}

export function joinUses(uses: readonly CommandUse[]): CommandUse {
  return {
    runs: uses.flatMap(({ runs }) => runs),
    folders: uses.flatMap(({ folders }) => folders),
    assigns: uses.flatMap(({ assigns }) => assigns),
    others: uses.flatMap(({ others }) => others),
    scripts: uses.flatMap(({ scripts }) => scripts),
    wholes: uses.flatMap(({ wholes }) => wholes),
    searched: uses.flatMap(({ searched }) => searched),
    tokens: uses.flatMap(({ tokens }) => tokens),
    programs: uses.flatMap(({ programs }) => programs),
    computed: uses.some(({ computed }) => computed),
  };
}
