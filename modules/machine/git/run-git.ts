import { execFile, type ExecFileException } from "node:child_process";
import { existsSync } from "node:fs";
import { quote } from "../../text";
import { gitEnvironment, SETTINGS } from "./environment";
import { failureFrom, type GitFailure } from "./failure";

/** Where git runs. */
export interface GitPlace {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
}

export type GitAnswer =
  | { readonly ok: true; readonly stdout: Buffer }
  | { readonly ok: false; readonly failure: GitFailure };

/** What git may print: more than any roster. */
const MOST_BYTES = 4_000_001;
const MOST_SECONDS = 120;

/**
 * The one place where git is run: it starts no hook, no monitor and no pager, asks no network and no person, and reads commits as
 * their hashes say. What it prints, or why it gave no answer.
 */
export function runGit({ root, env }: GitPlace, args: readonly string[]): Promise<GitAnswer> {
  const limits = { maxBuffer: MOST_BYTES, timeout: MOST_SECONDS * 1000, killSignal: "SIGKILL" } as const;
  const options = { ...limits, cwd: root, env: gitEnvironment(env), encoding: "buffer" } as const;
  return new Promise((done) => {
    execFile("git", ["--no-pager", ...SETTINGS, ...args], options, (error, stdout, stderr) =>
      done(error === null ? { ok: true, stdout } : { ok: false, failure: failureOf(error, stderr.toString(), root) }),
    );
  });
}

function failureOf(error: ExecFileException, stderr: string, root: string): GitFailure {
  const { code, killed, signal } = error;
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
    return { kind: "too-large", reason: "git prints more than Rolecall reads" };
  if (typeof code === "string") return unstartable(code, root);
  if (killed) return { kind: "too-slow", reason: `git did not answer within ${MOST_SECONDS} seconds` };
  if (signal) return { kind: "other", reason: `git was stopped by ${signal}` };
  return failureFrom(stderr, `exit code ${code ?? "unknown"}`);
}

/** The system says of a missing program and of a missing folder the same. */
function unstartable(code: string, root: string): GitFailure {
  if (!existsSync(root)) return { kind: "not-a-repository", reason: `the folder ${quote(root)} does not exist` };
  if (code === "ENOENT")
    return { kind: "not-installed", reason: "git is not installed or not on the PATH; install git" };
  return { kind: "not-installed", reason: `git cannot be started (${code})` };
}

/** What git prints as text, without the line break at its end. */
export function stdoutText(stdout: Buffer): string {
  return stdout.toString().replace(/\n$/, "");
}
