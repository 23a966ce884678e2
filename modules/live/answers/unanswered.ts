import { isRecord, quote } from "../../text";
import { countOf, seconds } from "../../words";
import { AnswerError } from "./answer-error";
import { isSlowDown, isWrite, networkCode, retryOf } from "./trouble";

/** A call that was given up. */
export interface GivenUp {
  readonly action: string;
  /** Of the account; may be empty. */
  readonly where: string;
  readonly milliseconds: number;
  readonly attempts: number;
}

/** `ListUsers in testing (222222222222)`. */
export function callText({ action, where }: Pick<GivenUp, "action" | "where">): string {
  return `${action}${where === "" ? "" : ` in ${where}`}`;
}

/** The message, and of a write that it may have happened: its answer is not there. */
export function withOpen(action: string, message: string): string {
  if (!isWrite(action)) return message;
  return `${message}${message.endsWith("?") ? "" : "."} Whether ${action} was carried out is not known`;
}

/**
 * What a caller gets after the last attempt: the call, why there is no answer, and after how long. `undefined` for what AWS
 * answered itself and what another attempt would not have changed; that error says enough.
 */
export function unanswered(error: unknown, call: GivenUp): AnswerError | undefined {
  const retry = retryOf(error);
  // Signed with AWS's time by then: what AWS says to that is its answer.
  if (retry === "never" || isSkewed(error)) return undefined;
  if (retry === "slow-down" && isWrite(call.action)) return undefined;
  const { what, cure } = reasonOf(error);
  const tried = `${countOf(call.attempts, "attempt", "attempts")} in ${seconds(call.milliseconds / 1000)}`;
  const message = `${callText(call)}: ${what}, ${tried}; ${cure}`;
  return new AnswerError("no-answer", retry === "if-harmless" ? withOpen(call.action, message) : message);
}

const NETWORK = "check the network, proxy and AWS_ENDPOINT_URL, and run this again";

function reasonOf(error: unknown): { readonly what: string; readonly cure: string } {
  const later = "wait a minute and run this again";
  if (isSlowDown(error)) return { what: "AWS throttles requests", cure: later };
  const status = statusOf(error);
  if (status >= 500) return { what: `AWS answers HTTP ${status}`, cure: later };
  if (error instanceof AnswerError) return { what: "no answer", cure: NETWORK };
  return { what: `AWS cannot be reached (${codeOf(error)})`, cure: NETWORK };
}

function isSkewed(error: unknown): boolean {
  const metadata = typeof error === "object" && error !== null && "$metadata" in error ? error.$metadata : undefined;
  return isRecord(metadata) && metadata["clockSkewCorrected"] === true;
}

function statusOf(error: unknown): number {
  const metadata = typeof error === "object" && error !== null && "$metadata" in error ? error.$metadata : undefined;
  return isRecord(metadata) && typeof metadata["httpStatusCode"] === "number" ? metadata["httpStatusCode"] : 0;
}

function codeOf(error: unknown): string {
  const { name, message } = error as { readonly name?: string; readonly message?: string };
  const code = networkCode(error);
  if (code !== "") return code;
  return name !== undefined && name !== "Error" ? name : quote(message ?? "");
}
