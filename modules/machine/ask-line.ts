import { createInterface } from "node:readline";
import { onStopSignals } from "./signals";

/** Asks a person for one line; `undefined` on Ctrl-C, a signal to stop, or the end of input. */
export type AskLine = (question: string) => Promise<string | undefined>;

/** Questions on this process's terminal. A signal that came between two of them is the answer to the next. */
export interface Terminal {
  readonly ask: AskLine;
  /** Gives signals back to the process. */
  readonly close: () => void;
}

export function openTerminal(): Terminal {
  let stopped = false;
  let interrupt = () => {};
  const close = onStopSignals(() => {
    stopped = true;
    interrupt();
  });
  const ask = (question: string) =>
    new Promise<string | undefined>((done) => {
      if (stopped) return done(undefined);
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      const end = (answer: string | undefined) => {
        // Before closing: that emits "close" at once, which would answer first.
        done(answer);
        lines.close();
      };
      interrupt = () => end(undefined);
      lines.on("SIGINT", () => end(undefined));
      lines.on("close", () => done(undefined));
      lines.question(question, end);
    });
  return { ask, close };
}
