import type { Command } from "@commander-js/extra-typings";
import type { Context } from "../machine/context";
import { Refusal } from "../refusal";
import { answerFailure } from "./answer";
import { frameOf } from "./command";
import { commandNamed, loadCommand } from "./commands";

/** Runs what the words name, and sets this process's exit code. */
export function runProgram(context: Context, words: readonly string[], load: () => Promise<Command>): Promise<void> {
  return load()
    .then((program) => program.parseAsync(words, { from: "user" }))
    .catch(async (error: unknown) => {
      process.exitCode = await explain(context, words, error);
    })
    .then(leave);
}

/** Help ends with 0. What commander says of wrong usage is on standard error already; `--json` gets it as well. */
async function explain(context: Context, words: readonly string[], error: unknown): Promise<number> {
  const isUsage = isCommanderExit(error);
  if (isUsage && error.exitCode === 0) return 0;
  const frame = frameOf(await fileOf(words), { json: words.includes("--json"), debug: words.includes("--debug") });
  return answerFailure(context, frame, isUsage ? new Refusal(error.message) : error, isUsage);
}

/** Where the command's file cannot be loaded, its name is all there is. */
async function fileOf(words: readonly string[]) {
  const name = commandNamed(words) ?? "";
  return loadCommand(name).then(
    (file) => file ?? { name },
    () => ({ name }),
  );
}

/** Something that never ends (a program that should give credentials) may still be waited for after a failure. Not where all is well: a child may run on. */
function leave(): void {
  if (process.exitCode === 2) setTimeout(() => process.exit(), 2000).unref();
}

/** Help and usage errors, which commander has printed already. */
function isCommanderExit(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
