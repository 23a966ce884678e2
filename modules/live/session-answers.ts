import { Transform } from "node:stream";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";
import { quote } from "../text";
import { awsProblem } from "./aws-problem";

/** Far above any answer of STS. */
const MAX_ANSWER_BYTES = 1_000_000;
/** Beyond it AWS begins to refuse, and codes made on this machine do not fit. */
const NOTICEABLE_MS = 60_000;

/** AWS's clock, as its answers tell it; until one did, this machine's. */
export class ServerClock {
  #offsetMs = 0;

  /** Takes the `Date` header of an answer. */
  hear(date: unknown): void {
    const time = typeof date === "string" ? Date.parse(date) : Number.NaN;
    if (!Number.isNaN(time)) this.#offsetMs = time - Date.now();
  }

  /** How far AWS is ahead of this machine; negative when behind. */
  offsetMs(): number {
    return Math.abs(this.#offsetMs) < NOTICEABLE_MS ? 0 : this.#offsetMs;
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }
}

/** Notes the time of each answer, and breaks off one that never ends. */
export function watchAnswers<T extends STSClient | IAMClient>(client: T, clock: ServerClock): T {
  // Both stacks are alike; only one of the two types can be named here.
  const { middlewareStack: stack } = client as unknown as STSClient;
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response: unknown = result.response;
      if (typeof response === "object" && response !== null) {
        if ("headers" in response) clock.hear(headerOf(response.headers, "date"));
        if ("body" in response) response.body = limited(response.body);
      }
      return result;
    },
    // Low: within the SDK's own reading of the answer.
    { step: "deserialize", priority: "low", name: "watchAnswers" },
  );
  return client;
}

function headerOf(headers: unknown, name: string): unknown {
  if (typeof headers !== "object" || headers === null) return undefined;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function limited(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("pipe" in body)) return body;
  let bytes = 0;
  const gate = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > MAX_ANSWER_BYTES ? new Error(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`) : null, chunk);
    },
  });
  const stream = body as NodeJS.ReadableStream & { destroy?: () => void };
  stream.on("error", (error: Error) => gate.destroy(error));
  gate.on("error", () => stream.destroy?.());
  return stream.pipe(gate);
}

/** One sentence with what to do; when the clocks differ, by how much. */
export function explain(error: unknown, clock: ServerClock): string {
  const offset = clock.offsetMs();
  if (offset !== 0) return `${clockText(offset)} (${awsProblem(error)})`;
  if (isUnreadable(error))
    return `the answer is not one of AWS (${quote(firstLine(error))}); is AWS_ENDPOINT_URL or a proxy in the way?`;
  if (error instanceof Error && /unable to validate MFA code/i.test(error.message))
    return `AWS does not know this MFA device as yours (${quote(error.message)}); rolecall mfa list shows them, --mfa-serial names one`;
  return awsProblem(error);
}

/** `this machine's clock is 12 min behind AWS's: set it` */
function clockText(offsetMs: number): string {
  return `this machine's clock is ${lengthText(Math.abs(offsetMs))} ${offsetMs > 0 ? "behind" : "ahead of"} AWS's: set it`;
}

/** What the SDK could make nothing of: a page of a proxy, something cut short or without end. */
function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const odd = /Deserialization error|is longer than|not expected|Unclosed|Unexpected token|aborted/i;
  return odd.test(error.message) || error.name === "UnknownError" || error.name === "Unknown";
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120
    ? `${minutes} min`
    : minutes < 48 * 60
      ? `${Math.round(minutes / 60)} h`
      : `${Math.round(minutes / 1440)} days`;
}
