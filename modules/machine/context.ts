/** What a command may know of the world: everything below the command line gets it passed in. */
export interface Context {
  /** Project folder: holds the roster, `cdktf.json` and the output. */
  readonly root: string;
  /** Folder of Rolecall itself, with `main.ts`, `bin/` and `modules/`; the same as `root` in a normal checkout. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly now: Date;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /**
   * Writes to standard output what cannot be said twice, and tells why it could not: `EPIPE`, `ENOSPC`. Absent where writing
   * cannot fail.
   */
  readonly deliver?: (text: string) => Promise<string | undefined>;
  /** True when standard input and standard error are a person's terminal. */
  readonly isTty: boolean;
  /** Which streams show colour. Absent: none. */
  readonly colour?: Readonly<Record<"stdout" | "stderr", boolean>> | undefined;
  /** Characters of a line where standard output is a terminal that tells. */
  readonly columns?: number | undefined;
}
