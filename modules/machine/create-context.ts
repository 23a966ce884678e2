import { resolve } from "node:path";
import { showsColour } from "./colour";
import type { Context } from "./context";
import { errorCode } from "./error-code";

/** The world as this process sees it. */
export function createContext(process: NodeJS.Process): Context {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => lost(process, error));
  process.stderr.on("error", () => undefined);
  return {
    root: process.cwd(),
    home: homeFolder(__dirname),
    env: process.env,
    now: new Date(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    deliver: (text) =>
      new Promise((done) => process.stdout.write(text, (error) => done(error ? errorCode(error) : undefined))),
    isTty: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    colour: {
      stdout: showsColour(process.stdout, process.env),
      stderr: showsColour(process.stderr, process.env),
    },
    columns: process.stdout.isTTY && process.stdout.columns > 0 ? process.stdout.columns : undefined,
  };
}

/** The reader may have seen enough (`| head`): not a failure of the command. A full disk is one, whatever the command says. */
function lost(process: NodeJS.Process, { code }: NodeJS.ErrnoException): void {
  if (code === "EPIPE") return;
  process.stderr.write(
    `standard output cannot be written (${code ?? "unknown reason"}): the answer is lost, but the command may have done its work\n`,
  );
  process.once("exit", () => {
    process.exitCode = 2;
  });
}

/** A bundle is in `.rolecall/build`, this file in `modules/machine`: two folders below Rolecall's own either way. */
function homeFolder(folder: string): string {
  return resolve(folder, "..", "..");
}
