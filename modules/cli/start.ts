import { Command } from "@commander-js/extra-typings";
import { createContext } from "../machine/create-context";
import { build, define } from "./command";
import { runProgram } from "./run-program";
import { firstRun } from "./sandbox/first-run";

/** `npm start`. Exit 0 where everything held, 2 where a step failed or was interrupted. */
const start = define(
  {
    name: "start",
    about: "apply the roster to a local AWS with real Terraform, read it back and prove it",
    usage: (command) => command.option("--keep", "leave the local AWS running", false),
  },
  (context, { keep }) => firstRun(context, keep),
);

const context = createContext(process);
const program = new Command("npm start --").exitOverride();
build(context, program, start);
runProgram(context, process.argv.slice(2), async () => program);
