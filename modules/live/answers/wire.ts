import { AnswerError } from "./answer-error";
import { type AnswerProblem, answerProblem } from "./check-answer";
import type { Modelled } from "./shape";

/** Far above any answer of IAM: a page of a hundred roles with their documents is below one. */
const MAX_BYTES = 20_000_000;

/** What was seen of one answer on its way to the SDK. */
export interface Seen {
  problem?: AnswerProblem;
  /** AWS's time, by the `Date` header; absent when the answer has none. */
  at?: Date | undefined;
  /** As AWS sent it; seconds. */
  retryAfter?: string | undefined;
}

interface Stack {
  readonly add: (middleware: unknown, options: object) => void;
  readonly remove: (name: string) => unknown;
}

const NAME = "rolecallAnswer";

/**
 * Reads the whole answer before the SDK does, within the bounds of size and of `signal`, and keeps from it what is not an answer to
 * this command. To be set up again for each attempt.
 */
export function watchWire(stack: unknown, modelled: Modelled, signal: AbortSignal, seen: Seen): void {
  const middleware = stack as Stack;
  middleware.remove(NAME);
  const watch = (next: (args: unknown) => Promise<{ readonly response: unknown }>) => async (args: unknown) => {
    const result = await next(args);
    const response = result.response as Response;
    const headers = Object.fromEntries(
      Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    seen.at = dateOf(headers["date"]);
    seen.retryAfter = headers["retry-after"];
    const bytes = await wholeBody(response.body, signal, () => {
      seen.problem = { trouble: "not-aws", why: `an answer longer than ${MAX_BYTES} bytes` };
    });
    const answer = { status: response.statusCode, headers, body: textOf(bytes) };
    seen.problem = answerProblem(modelled, answer);
    if (seen.problem !== undefined) throw Object.assign(new Error(seen.problem.why), statusOf(response.statusCode));
    response.body = bytes;
    return result;
  };
  // Low: within the SDK's own reading of the answer.
  middleware.add(watch, { step: "deserialize", priority: "low", name: NAME });
}

/** Empty when it is not UTF-8, which no answer of AWS is. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

/** For the code that decides on another attempt. */
function statusOf(httpStatusCode: number): object {
  return { $metadata: { httpStatusCode } };
}

interface Response {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  body: unknown;
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A body that drips, or never ends, is broken off by the signal or by its size. */
async function wholeBody(body: unknown, signal: AbortSignal, tooLong: () => void): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body)) return new Uint8Array();
  const stream = body as AsyncIterable<Uint8Array> & { readonly destroy?: (error?: Error) => void };
  const stop = () => stream.destroy?.(new AnswerError("no-answer", "the answer does not end"));
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) {
        tooLong();
        throw new Error("the answer is too long");
      }
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
