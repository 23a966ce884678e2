import { createContext } from "../machine/create-context";
import { answerTo } from "./answer";
import { isFirstWord } from "./commands";
import { createProgram } from "./program";

/** The command line: reads the words, loads one command's file, sets the exit code. */
const context = createContext(process);
const words = process.argv.slice(2);
createProgram(context, words)
  .then((program) => program.parseAsync(isKnown(words[0]) ? words : words.filter(isNoHelp), { from: "user" }))
  .catch((error: unknown) => {
    if (isCommanderExit(error)) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      const { exit, talk = [] } = answerTo(error, words.includes("--debug"));
      for (const line of talk) context.stderr(`${line}\n`);
      process.exitCode = exit;
    }
  })
  .then(leave);

/** Help is no answer to a command that does not exist. */
function isKnown(word: string | undefined): boolean {
  return word === undefined || word.startsWith("-") || isFirstWord(word);
}

function isNoHelp(word: string): boolean {
  return word !== "--help" && word !== "-h";
}

/** Something that never ends (a program that should give credentials) may still be waited for after a failure. Not where all is well: a child may run on. */
function leave(): void {
  if (process.exitCode === 2) setTimeout(() => process.exit(), 2000).unref();
}

/** Help and usage errors, which commander has printed already. */
function isCommanderExit(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
