import { isRecord } from "../../text";
import { AnswerError } from "./answer-error";

/** What another attempt may do about a failure. */
export type Retry =
  /** AWS said no, and will say it again. */
  | "never"
  /** Nothing, or nothing of use, came back: the call may have been carried out. */
  | "if-harmless"
  /** AWS itself asked for another attempt: the call was not carried out. */
  | "soon"
  | "slow-down";

const SLOW_DOWN =
  /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|BandwidthLimitExceeded|SlowDown|PriorRequestNotComplete)$/;

/** No connection was made, so nothing was carried out. */
const NOT_SENT = /^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const BROKEN_OFF =
  /^(TimeoutError|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|RequestTimeout|RequestTimeoutException|AbortError)$/;
const CUT = /socket hang up|aborted|other side closed/i;

export function retryOf(error: unknown): Retry {
  if (error instanceof AnswerError) return error.trouble === "no-answer" ? "if-harmless" : "never";
  if (typeof error !== "object" || error === null) return "never";
  if (isSlowDown(error)) return "slow-down";
  const { name, $metadata: metadata } = error as Readonly<Record<"name" | "$metadata", unknown>>;
  const code = networkCode(error);
  const status = isRecord(metadata) ? Number(metadata["httpStatusCode"]) : Number.NaN;
  // The SDK signs the next attempt with AWS's time.
  if (isRecord(metadata) && metadata["clockSkewCorrected"] === true) return "soon";
  if (NOT_SENT.test(code)) return "soon";
  if (status >= 500 || BROKEN_OFF.test(String(name)) || BROKEN_OFF.test(code)) return "if-harmless";
  return error instanceof Error && CUT.test(error.message) ? "if-harmless" : "never";
}

/** Node's code of what went wrong on the network; empty for other errors. The SDK wraps some errors, and keeps only the text. */
export function networkCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === "string") return code;
  return (
    /\b(E(CONN|NOTFOUND|AI_AGAIN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|PROTO)\w*)\b/.exec(String(message))?.[1] ?? ""
  );
}

/** True when AWS asks for fewer requests. */
export function isSlowDown(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { name, $metadata: metadata } = error as Readonly<Record<"name" | "$metadata", unknown>>;
  return SLOW_DOWN.test(String(name)) || (isRecord(metadata) && metadata["httpStatusCode"] === 429);
}

/** What AWS asked to wait before the next attempt, in milliseconds. */
export function retryAfter(header: string | undefined): number {
  const seconds = Number(header ?? Number.NaN);
  return seconds > 0 && seconds < 3600 ? seconds * 1000 : 0;
}

/**
 * Commands that do something else when they are carried out twice: a lost answer is never followed by another attempt. All other
 * commands only read, or say what shall be so.
 */
export function isHarmlessTwice(action: string): boolean {
  return !/^(Create|Enable|Upload|GetSessionToken$|UpdateLoginProfile$|ChangePassword$)/.test(action);
}

/** True for commands that change something: a lost answer leaves it open whether they did. */
export function isWrite(action: string): boolean {
  return !/^(Get|List|Generate|AssumeRole)/.test(action);
}
