import { type Finding, formatFinding } from "../finding";
import { awsProblem, isFromAws } from "../live/aws-problem";
import type { Context } from "../machine/context";
import { errorCode } from "../machine/error-code";
import { Refusal } from "../refusal";
import { quote, visible } from "../text";
import { paint } from "./paint";

/** What a command says when it ends. One place prints it: `say`. */
export interface Answer {
  /** 0 it holds or is done, 1 findings or changes, 2 could not tell; `review` adds 3, `exec` ends as the program it ran. */
  readonly exit: number;
  /** Standard output without `--json`. */
  readonly text?: string | undefined;
  /** Standard output with `--json`, besides `schemaVersion` and `command`. */
  readonly data?: object | undefined;
  /** Lines on standard error before everything else; with `--json` a member of the data as well. */
  readonly findings?: readonly Finding[] | undefined;
  /** Lines on standard error, after everything else: for people, not for programs. */
  readonly talk?: readonly string[] | undefined;
  /** What is said, with exit 2, where the text or data cannot be said twice and could not be written; given the system's code. */
  readonly lost?: ((code: string) => string) | undefined;
}

/** How an answer is printed. */
export interface Frame {
  /** As it is typed: `keys rotate`. */
  readonly command: string;
  readonly schemaVersion: number;
  readonly json: boolean;
  /** Show where in the program a bug is. */
  readonly debug: boolean;
}

/** Runs a command's work and prints its answer, or what is in its way. Returns the exit code. */
export async function answer(context: Context, frame: Frame, work: () => Promise<Answer>): Promise<number> {
  try {
    return await say(context, frame, await work());
  } catch (error) {
    return say(context, frame, answerTo(error, frame.debug));
  }
}

async function say(context: Context, frame: Frame, { exit, text, data, lost, ...rest }: Answer): Promise<number> {
  const { findings = [], talk = [] } = rest;
  const { schemaVersion, command, json } = frame;
  const world = json ? { ...context, colour: undefined } : context;
  for (const finding of findings) context.stderr(`${paint(world, "stderr", "findings", formatFinding(finding))}\n`);
  const envelope = { schemaVersion, command, ...data, ...(findings.length > 0 && { findings }) };
  const out = json ? `${JSON.stringify(envelope)}\n` : paint(world, "stdout", command, text ?? "");
  const failure = lost === undefined ? void context.stdout(out) : await deliver(context, out);
  for (const line of failure === undefined ? talk : []) context.stderr(`${line}\n`);
  if (failure === undefined || lost === undefined) return exit;
  context.stderr(`${lost(failure)}\n`);
  return 2;
}

/** Writes what cannot be said twice; the system's code when it could not be written. */
async function deliver(context: Context, text: string): Promise<string | undefined> {
  if (context.deliver !== undefined) return context.deliver(text);
  context.stdout(text);
  return undefined;
}

/** Prints what ended a command before it ran: `said` where standard error has it already. */
export async function answerFailure(context: Context, frame: Frame, error: unknown, said: boolean): Promise<number> {
  const { talk, ...rest } = answerTo(error, frame.debug);
  return say(context, frame, said ? rest : { ...rest, talk });
}

/** The answer of a command that ended with an exception. */
export function answerTo(error: unknown, debug = false): Answer {
  if (error instanceof Refusal) {
    const { reasons, findings, exit } = error;
    return { exit, data: { ok: false, reasons }, findings, talk: reasons };
  }
  const reasons = [reasonOf(error)];
  const bug = isOutside(error) ? {} : { bug: true };
  const stack =
    debug && error instanceof Error && error.stack !== undefined ? error.stack.split("\n").map(visible) : [];
  return { exit: 2, data: { ok: false, ...bug, reasons }, talk: [...reasons, ...stack] };
}

/** One line for what went wrong outside of the program, or in it. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (isFromAws(error)) return awsProblem(error);
  if (isSystemError(error)) {
    const what =
      error.path === undefined ? `the system refuses ${error.syscall}` : `${quote(error.path)} cannot be used`;
    return `${what} (${errorCode(error)}); check that it exists and that you may read and write it`;
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `this is a bug in rolecall: ${quote(what)}; run the same command with --debug, and report what it prints`;
}

/** True for what AWS, the network or the system answered: no mistake of the program. */
export function isOutside(error: unknown): boolean {
  return isFromAws(error) || isSystemError(error);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  // Not `instanceof Error`: an error of another realm is the system's, too.
  return typeof error === "object" && error !== null && "syscall" in error && "code" in error;
}
