import { answeringJson } from "./answer-json";
import { createProgram } from "./program";
import { createContext } from "../machine/create-context";

/** The command line: reads arguments, loads one command's file, sets the exit code. */
const { context, begin, end } = answeringJson(createContext(process));
const program = createProgram(context);
program.hook("preAction", (_program, command) => begin(command));
program
  .parseAsync()
  .catch((error: unknown) => {
    if (isCommanderExit(error)) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      context.stderr(`rolecall failed: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    }
  })
  .then(() => end(Number(process.exitCode ?? 0)))
  .then(leave);

/** Something that never ends (a program that should give credentials) may still be waited for after a failure. Not where all is well: a child may run on. */
function leave(): void {
  if (process.exitCode === 2) setTimeout(() => process.exit(), 2000).unref();
}

/** Help and usage errors, which commander has printed already. */
function isCommanderExit(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
