import type { Command } from "@commander-js/extra-typings";
import type { Context } from "../machine/context";
import { answerTo } from "./answer";

/** Runs what the words name, and sets this process's exit code. */
export function runProgram(context: Context, words: readonly string[], load: () => Promise<Command>): Promise<void> {
  return load()
    .then((program) => program.parseAsync(words, { from: "user" }))
    .catch((error: unknown) => {
      process.exitCode = isCommanderExit(error) ? exitOf(error) : explain(context, error, words.includes("--debug"));
    })
    .then(leave);
}

function exitOf({ exitCode }: { readonly exitCode: number }): number {
  return exitCode === 0 ? 0 : 2;
}

function explain(context: Context, error: unknown, debug: boolean): number {
  const { exit, talk = [] } = answerTo(error, debug);
  for (const line of talk) context.stderr(`${line}\n`);
  return exit;
}

/** Something that never ends (a program that should give credentials) may still be waited for after a failure. Not where all is well: a child may run on. */
function leave(): void {
  if (process.exitCode === 2) setTimeout(() => process.exit(), 2000).unref();
}

/** Help and usage errors, which commander has printed already. */
function isCommanderExit(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
