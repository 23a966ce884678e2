import type { STSClient } from "@aws-sdk/client-sts";
import { quote } from "../text";
import { awsProblem } from "./aws-problem";
import type { AwsClient } from "./send";

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

/** Notes the time of each answer. */
export function watchClock<T extends AwsClient>(client: T, clock: ServerClock): T {
  // Both stacks are alike; only one of the two types can be named here.
  const { middlewareStack: stack } = client as unknown as STSClient;
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response: unknown = result.response;
      if (typeof response === "object" && response !== null && "headers" in response)
        clock.hear(headerOf(response.headers, "date"));
      return result;
    },
    // Low: within the SDK's own reading of the answer.
    { step: "deserialize", priority: "low", name: "watchClock" },
  );
  return client;
}

function headerOf(headers: unknown, name: string): unknown {
  if (typeof headers !== "object" || headers === null) return undefined;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** One sentence with what to do; when the clocks differ, by how much. */
export function explainSessionError(error: unknown, clock: ServerClock): string {
  const offset = clock.offsetMs();
  if (offset !== 0) return `${clockText(offset)} (${awsProblem(error)})`;
  if (error instanceof Error && /unable to validate MFA code/i.test(error.message))
    return `AWS does not know this MFA device as yours (${quote(error.message)}); rolecall mfa list shows them, --mfa-serial names one`;
  return awsProblem(error);
}

/** `this machine's clock is 12 min behind AWS's: set it` */
function clockText(offsetMs: number): string {
  return `this machine's clock is ${lengthText(Math.abs(offsetMs))} ${offsetMs > 0 ? "behind" : "ahead of"} AWS's: set it`;
}

function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120
    ? `${minutes} min`
    : minutes < 48 * 60
      ? `${Math.round(minutes / 60)} h`
      : `${Math.round(minutes / 1440)} days`;
}
