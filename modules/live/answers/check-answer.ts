import { quote } from "../../text";
import { AnswerError, type AnswerTrouble } from "./answer-error";
import { shapeProblem } from "./check-shape";
import type { Modelled } from "./shape";
import { type Element, parseXml } from "./xml";

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is wrong with an answer, before the SDK makes something of it. */
export interface AnswerProblem {
  readonly trouble: Extract<AnswerTrouble, "not-aws" | "not-this">;
  /** `it is HTML`; for a sentence. */
  readonly why: string;
}

/**
 * `undefined` when the answer is one of AWS to this very command: 200 with the command's own result, every member in its place
 * and form, and a request id; or a refusal in AWS's form. The SDK itself takes an empty, an HTML and another command's 200 for success.
 */
export function answerProblem({ action, output }: Modelled, answer: RawAnswer): AnswerProblem | undefined {
  const root = parseXml(answer.body);
  if (answer.status < 200 || answer.status >= 300) return refusalProblem(answer, root);
  if (answer.status !== 200 || root === undefined) return notAws(answer);
  if (root.name === "ErrorResponse") return notAws(answer, "a refusal with HTTP 200");
  const requestId = textAt(root, "ResponseMetadata", "RequestId");
  if (root.name !== `${action}Response`)
    return requestId === "" ? notAws(answer) : { trouble: "not-this", why: `the answer is ${quote(root.name)}` };
  if (requestId === "") return notAws(answer, "an answer without a request id");
  const results = root.children.filter(({ name }) => name === `${action}Result`);
  if (output === undefined) return undefined;
  const [result, second] = results;
  if (result === undefined || second !== undefined)
    return { trouble: "not-this", why: result === undefined ? "it has no result" : "it has two results" };
  const why = shapeProblem(action, output, result);
  return why === undefined ? undefined : { trouble: "not-this", why };
}

/** Refusals decide as well: "no such entity" means none, so they must be AWS's. */
function refusalProblem(answer: RawAnswer, root: Element | undefined): AnswerProblem | undefined {
  if (answer.status < 400) return notAws(answer, "a redirect");
  if (root?.name !== "ErrorResponse") return notAws(answer);
  const requestId = textAt(root, "RequestId") || answer.headers["x-amzn-requestid"];
  return textAt(root, "Error", "Code") !== "" && requestId
    ? undefined
    : notAws(answer, "a refusal without a request id");
}

function notAws({ status, body }: RawAnswer, what = kindOf(body)): AnswerProblem {
  return { trouble: "not-aws", why: `HTTP ${status}, ${what}` };
}

function kindOf(body: string): string {
  const start = body.trimStart().slice(0, 200).toLowerCase();
  if (start === "") return "an empty answer";
  if (/^<!doctype html|<html|<head|<body/.test(start)) return "an HTML page";
  if (/^[[{]/.test(start)) return "JSON";
  return start.startsWith("<") ? "XML that is cut short or of another kind" : "text";
}

function textAt(element: Element, ...path: readonly string[]): string {
  let at: Element | undefined = element;
  for (const step of path) {
    const found: readonly Element[] = at?.children.filter(({ name }) => name === step) ?? [];
    at = found.length === 1 ? found[0] : undefined;
  }
  return at?.children.length === 0 ? at.text.trim() : "";
}

/** The problem as what a caller gets. `where` names the account. */
export function asError(action: string, where: string, { trouble, why }: AnswerProblem): AnswerError {
  const call = `${action}${where === "" ? "" : ` in ${where}`}`;
  return new AnswerError(
    trouble,
    trouble === "not-aws"
      ? `${call}: the answer is not AWS's (${why}); is AWS_ENDPOINT_URL or a proxy in the way?`
      : `${call}: the answer of AWS cannot be used (${why}); run this again; if it happens again, check proxies and AWS_ENDPOINT_URL`,
  );
}
