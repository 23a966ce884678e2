import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline";
import { ReadStream, WriteStream } from "node:tty";
import { type AskCode, typedCode } from "../../client/mfa/typed-code";
import { quote } from "../../text";

/** A client that runs us keeps our standard streams; the terminal itself is still there. */
const TERMINAL = "/dev/tty";
const PATIENCE_MS = 180_000;
const MOST_CHARACTERS = 1_000;

/** The terminal for writing, to be closed by the caller; `undefined` where there is none. */
export function openTerminalOutput(): number | undefined {
  try {
    return openSync(TERMINAL, "r+");
  } catch {
    return undefined;
  }
}

export function hasTerminal(): boolean {
  const file = openTerminalOutput();
  if (file !== undefined) closeSync(file);
  return file !== undefined;
}

/** Asks for a code of this device until six digits are typed. `again` says first why the last one did not do. */
export async function askTerminal(
  purpose: string,
  serial: string,
  again: string | undefined,
): Promise<string | undefined> {
  const ask: AskCode = (question, why) => askOnce(`${why === undefined ? "" : `${why}\n`}${question}`);
  return typedCode(ask, `MFA code of ${quote(serial)}, for ${purpose}: `, { why: again });
}

function askOnce(question: string): Promise<string> {
  const input = new ReadStream(openSync(TERMINAL, "r"));
  const output = new WriteStream(openSync(TERMINAL, "w"));
  // The terminal edits the line itself: nothing of it is kept or completed.
  const lines = createInterface({ input, output, terminal: false });
  const parent = process.ppid;
  let watch: NodeJS.Timeout | undefined;
  return new Promise<string>((done, fail) => {
    const end = performance.now() + PATIENCE_MS;
    watch = setInterval(() => {
      // Terraform gives up after a minute; a question that goes on would take what is typed to the next program.
      if (process.ppid !== parent) fail(new Error("the program that wanted the keys is gone"));
      if (performance.now() > end) fail(new Error(`no MFA code was typed within ${PATIENCE_MS / 60_000} minutes`));
    }, 1_000);
    lines.on("line", (line) => done(line.slice(0, MOST_CHARACTERS)));
    lines.on("close", () => fail(new Error("no MFA code was given")));
    input.on("error", () => fail(new Error("the terminal cannot be read")));
    output.write(question);
  }).finally(() => {
    clearInterval(watch);
    lines.close();
    input.destroy();
    output.destroy();
  });
}
