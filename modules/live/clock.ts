import { Refusal } from "../refusal";
import { awsProblem } from "./aws-problem";

/** Milliseconds to wait for an answer that everything else does not need. */
const TIMEOUT_MS = 5000;

/**
 * How far this machine's clock is ahead of AWS's, in seconds, by the Date header of an unsigned request. The header has whole
 * seconds, so half of one is the middle. Throws a `Refusal` when there is no answer or no date in it.
 */
export async function clockAhead(endpoint: string, now: () => number): Promise<number> {
  const before = now();
  const question = { method: "GET", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
  const answer = await fetch(endpoint, question).catch((error: unknown) => {
    throw new Refusal(awsProblem(error));
  });
  const after = now();
  await answer.body?.cancel();
  const theirs = Date.parse(answer.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) throw new Refusal("its answer has no date");
  return ((before + after) / 2 - (theirs + 500)) / 1000;
}
