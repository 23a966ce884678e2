import type { ShellWord } from "./shell";

/** What a file that runs, or is named by one, says of other files. */
export interface TextRead {
  /** Everything that could be a path. */
  readonly tokens: readonly string[];
  /** Words in places where something runs, or is included. */
  readonly runs: readonly ShellWord[];
  readonly folders: readonly ShellWord[];
  /** Words of commands, which may be patterns. */
  readonly words: readonly ShellWord[];
  /** What variables, keys and inputs are given. */
  readonly values: readonly (readonly [string, ShellWord])[];
  /** Names of npm's scripts and of what they say, where it is a package.json. */
  readonly scripts?: ReadonlyMap<string, TextRead>;
  /** Where these name a folder, whatever is in it may run. */
  readonly wholes: readonly ShellWord[];
  /** The same, and an unknown one lets anything run. */
  readonly searched: readonly ShellWord[];
  /** Bare names of programs. */
  readonly programs: readonly string[];
  /** It runs what is put together, decoded, or found while it runs. */
  readonly computed: boolean;
  /** Why it cannot be read for what it names. */
  readonly unread?: string;
}

export const EMPTY: TextRead = {
  tokens: [],
  runs: [],
  folders: [],
  words: [],
  values: [],
  wholes: [],
  searched: [],
  programs: [],
  computed: false,
};

export function joined(reads: readonly TextRead[]): TextRead {
  return {
    tokens: [...new Set(reads.flatMap(({ tokens }) => tokens))],
    runs: reads.flatMap(({ runs }) => runs),
    folders: reads.flatMap(({ folders }) => folders),
    words: reads.flatMap(({ words }) => words),
    values: reads.flatMap(({ values }) => values),
    wholes: reads.flatMap(({ wholes }) => wholes),
    searched: reads.flatMap(({ searched }) => searched),
    programs: reads.flatMap(({ programs }) => programs),
    computed: reads.some(({ computed }) => computed),
  };
}
