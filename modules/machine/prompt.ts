import { createInterface } from "node:readline";
import { onStopSignals } from "./signals";

/** Asks a person for one line; `undefined` on Ctrl-C, a signal to stop, or the end of input. */
export type AskLine = (question: string) => Promise<string | undefined>;

/** Where a question is shown and its answer typed. */
export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** False where the terminal edits the line itself. @default as the output is one */
  readonly edits?: boolean;
}

/** This process's own: standard output is for data. */
export const STANDARD_STREAMS: PromptStreams = { input: process.stdin, output: process.stderr };

/** Asks once. `asked` gets what ends the question without an answer. */
export function askOn(
  { input, output, edits }: PromptStreams,
  question: string,
  asked: (stop: () => void) => void = () => undefined,
): Promise<string | undefined> {
  return new Promise((done) => {
    const lines = createInterface({ input, output, ...(edits === undefined ? {} : { terminal: edits }) });
    const end = (answer: string | undefined) => {
      // Before closing: that emits "close" immediately, which would answer first.
      done(answer);
      lines.close();
    };
    input.once("error", () => end(undefined));
    lines.on("SIGINT", () => end(undefined));
    lines.on("close", () => done(undefined));
    asked(() => end(undefined));
    lines.question(question, end);
  });
}

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
  const ask: AskLine = async (question) =>
    stopped
      ? undefined
      : askOn(STANDARD_STREAMS, question, (stop) => {
          interrupt = stop;
        });
  return { ask, close };
}
