import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const HOME = resolve(__dirname, "../..");
/** What roster.yaml is in a fresh clone: whoever has made it theirs runs the tests all the same. */
export const EXAMPLE_ROSTER = join(HOME, "test/support/example-roster.yaml");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; its environment is exactly `env`. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", fail);
    child.on("close", (code) =>
      done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** Runs the command line as a person would, in the folder `cwd`. */
export function rolecall(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ran> {
  return run(process.execPath, [join(HOME, "bin/rolecall.js"), ...args], { cwd, env });
}

/** Fails with everything the program said, unless it ended as expected. */
export function expectCode(ran: Ran, code: number): Ran {
  if (ran.code !== code) throw new Error(`exit ${ran.code}, not ${code}\n${ran.stdout}\n${ran.stderr}`);
  return ran;
}
