import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { quote } from "../../text";
import { errorCode } from "../../machine/error-code";
import { hasTty } from "../../machine/tty";
import type { Answer } from "../answer";

/** Typed at a keyboard these reach the program by themselves, and twice means something else (Terraform stops immediately). */
const FROM_KEYBOARD = ["SIGINT", "SIGQUIT"] as const;
const FORWARDED = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Runs a program in this one's place: standard streams, signals and exit code are its own. No shell. Ends as it ended, also by
 * a signal.
 */
export async function runChild(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  const child = spawn(program, args, { env, stdio: "inherit" });
  const release = passSignals(child);
  const end = await ending(child).finally(release);
  if ("error" in end) return notRun(program, end.error);
  if (end.signal === null) return { exit: end.code ?? 2 };
  // So that the process that waits for us sees the same; an ignored signal leaves the code that shells give.
  process.kill(process.pid, end.signal);
  return { exit: 128 + (constants.signals[end.signal] ?? 0) };
}

type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null } | { readonly error: Error };

function ending(child: ChildProcess): Promise<Ending> {
  return new Promise((done) => {
    child.once("error", (error) => done({ error }));
    child.once("close", (code, signal) => done({ code, signal }));
  });
}

function passSignals(child: ChildProcess): () => void {
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  const ignore = () => {};
  const keyboard = hasTty() ? ignore : forward;
  for (const signal of FROM_KEYBOARD) process.on(signal, keyboard);
  for (const signal of FORWARDED) process.on(signal, forward);
  return () => {
    for (const signal of FROM_KEYBOARD) process.off(signal, keyboard);
    for (const signal of FORWARDED) process.off(signal, forward);
  };
}

function notRun(program: string, error: Error): Answer {
  const code = errorCode(error);
  return code === "ENOENT"
    ? { exit: 127, talk: [`program ${quote(program)} not found; check its name and PATH`] }
    : { exit: 126, talk: [`${quote(program)} cannot be run (${code}); check that it is a program you may run`] };
}
