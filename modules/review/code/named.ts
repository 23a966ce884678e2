/** A changed file that is code only where something names it. */
export interface OpenFile {
  readonly path: string;
  readonly is: "prose" | "elsewhere";
  /** Something Rolecall's own commands wrote, and git does not know. */
  readonly output: boolean;
  /** Only in this working tree. */
  readonly untracked: boolean;
}

/** What one side's files name. Paths are as file systems compare them. */
export interface Named {
  readonly paths: ReadonlyMap<string, string>;
  readonly beginnings: ReadonlyMap<string, string>;
  readonly unread: ReadonlyMap<string, string>;
  /** Files that run what is put together, decoded or found while they run. */
  readonly computed: ReadonlyMap<string, string>;
  /** Names of programs that may be a file of that name in any folder. */
  readonly programs: ReadonlyMap<string, string>;
}
