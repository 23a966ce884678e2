import { createContext } from "../machine/create-context";
import { parsedWords } from "./commands";
import { createProgram } from "./program";
import { runProgram } from "./run-program";

/** The command line: reads the words, loads one command's file, sets the exit code. */
const context = createContext(process);
const words = parsedWords(process.argv.slice(2));
runProgram(context, words, () => createProgram(context, words));
