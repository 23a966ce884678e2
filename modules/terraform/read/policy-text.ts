import { scanJson } from "../../iam/repeated-key";

/** The policy language needs eight. */
const MAX_POLICY_DEPTH = 32;

/** A document's JSON; text that is none, says a key twice, or is nested without end, stays text, which nobody takes for a document. */
export function documentIn(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const document: unknown = JSON.parse(value);
    const { repeated, depth } = scanJson(value);
    return repeated === undefined && depth <= MAX_POLICY_DEPTH ? document : value;
  } catch {
    return value;
  }
}
