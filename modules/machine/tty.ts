import { closeSync, openSync } from "node:fs";
import { ReadStream, WriteStream } from "node:tty";
import { Refusal } from "../refusal";
import { askOn } from "./prompt";

/** A client that runs Rolecall keeps the standard streams; the terminal itself is still there. */
const TERMINAL = "/dev/tty";
const PATIENCE_MS = 180_000;
const MOST_CHARACTERS = 1_000;

/** The terminal for writing, to be closed by the caller; `undefined` where there is none. */
export function openTtyOutput(): number | undefined {
  try {
    return openSync(TERMINAL, "r+");
  } catch {
    return undefined;
  }
}

export function hasTty(): boolean {
  const file = openTtyOutput();
  if (file !== undefined) closeSync(file);
  return file !== undefined;
}

/** Asks on the terminal for `what`, such as an MFA code. Throws a Refusal when no line comes within three minutes. */
export async function askOnTty(question: string, what: string): Promise<string> {
  const input = new ReadStream(openSync(TERMINAL, "r"));
  const output = new WriteStream(openSync(TERMINAL, "w"));
  let why = `no ${what} was given`;
  input.once("error", () => {
    why = "the terminal cannot be read";
  });
  let watch: NodeJS.Timeout | undefined;
  const watching = (stop: () => void) => {
    watch = watchFor(what, (reason) => {
      why = reason;
      stop();
    });
  };
  try {
    // The terminal edits the line itself: nothing of it is kept or completed.
    const line = await askOn({ input, output, edits: false }, question, watching);
    if (line === undefined) throw new Refusal(why);
    return line.slice(0, MOST_CHARACTERS);
  } finally {
    clearInterval(watch);
    input.destroy();
    output.destroy();
  }
}

/** Terraform gives up after a minute; a question that goes on would take what is typed to the next program. */
function watchFor(what: string, stop: (reason: string) => void): NodeJS.Timeout {
  const parent = process.ppid;
  const end = performance.now() + PATIENCE_MS;
  return setInterval(() => {
    if (process.ppid !== parent) stop("the program that asked for the keys has ended");
    else if (performance.now() > end) stop(`no ${what} was typed within ${PATIENCE_MS / 60_000} minutes`);
  }, 1_000);
}
