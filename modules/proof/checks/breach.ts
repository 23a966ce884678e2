import type { Place } from "../../finding";
import type { Deciding, Verdict } from "../../evaluator/evaluate";

/** One way in which documents do not do what was claimed. */
export interface Breach {
  /** Stable kebab-case name of the claim. */
  readonly claim: string;
  /** One line, lower case: who, where, what, and what should be. */
  readonly message: string;
  readonly account: string;
  /** Which list it is about, of a claim about lists. */
  readonly list?: "inline" | "attached" | "members" | undefined;
  readonly verdict?: Verdict;
  /** The statements that made it so. */
  readonly deciding: readonly Deciding[];
  /** Line of the roster that asks for something else. */
  readonly place?: Place;
  readonly cure: string;
}

/** What one check looked at. */
export interface CheckResult {
  readonly title: string;
  /** Questions asked. */
  readonly questions: number;
  readonly breaches: readonly Breach[];
  /** What differs from the claims without being a breach: one line each. */
  readonly notes?: readonly string[];
}

/** Breaches by what was asked about: documents, promise and names, in one text. */
export type BreachMemory = Map<string, readonly Breach[]>;

/** True unless the verdict is surely what it should be: what cannot be known is neither a yes nor a no. */
export function isWrong(verdict: Verdict, expected: boolean): boolean {
  return expected ? verdict !== "allowed" : permits(verdict);
}

/** Allowed, or perhaps. */
export function permits(verdict: Verdict): boolean {
  return verdict === "allowed" || verdict === "unknown";
}
