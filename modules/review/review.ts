import type { Finding } from "../finding";
import { type AccessChange, reviewVerdictOf } from "./access-change";
import type { Approval } from "./rules/approvals";
import type { ReviewedSides } from "./sides";

/** All that is said of a change: what every output renders, whatever it was found with. */
export interface Review {
  readonly changes: readonly AccessChange[];
  /** Said before everything else, a line each. */
  readonly headlines: readonly string[];
  /** What this change breaks: the repository's own rules, or a roster that does not hold. */
  readonly findings: readonly Finding[];
  /** The same, but broken already at the base, and not worse now. */
  readonly standing: readonly Finding[];
  /** Who must approve what gives more access. */
  readonly approvals: readonly Approval[];
  /** Absent where nothing of git is compared. */
  readonly sides?: ReviewedSides;
}

export type ReviewVerdict = "none" | "narrowing" | "widening" | "unknown" | "breach";

/** The worst of its changes; a broken rule is worse than all but what is unknown. */
export function reviewVerdict({ changes, findings }: Review): ReviewVerdict {
  const verdict = reviewVerdictOf(changes);
  return verdict !== "unknown" && findings.some(({ severity }) => severity === "error") ? "breach" : verdict;
}

/** True when nobody needs to read it: one line is enough. */
export function isQuiet(review: Review): boolean {
  return review.changes.length === 0 && review.findings.length === 0 && review.headlines.length === 0;
}

/** A review of these changes, and whatever else is known. */
export function reviewOf(changes: readonly AccessChange[], more: Partial<Review> = {}): Review {
  return { changes, headlines: [], findings: [], standing: [], approvals: [], ...more };
}
