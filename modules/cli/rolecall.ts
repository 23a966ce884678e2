import { createContext } from "../machine/create-context";
import { isFirstWord } from "./commands";
import { createProgram } from "./program";
import { runProgram } from "./run-program";

/** The command line: reads the words, loads one command's file, sets the exit code. */
const context = createContext(process);
const words = process.argv.slice(2);
runProgram(context, isKnown(words[0]) ? words : words.filter(isNoHelp), () => createProgram(context, words));

/** Help is no answer to a command that does not exist. */
function isKnown(word: string | undefined): boolean {
  return word === undefined || word.startsWith("-") || isFirstWord(word);
}

function isNoHelp(word: string): boolean {
  return word !== "--help" && word !== "-h";
}
