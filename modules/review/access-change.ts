import type { Place } from "../finding";

/** What one change means for access. `unknown` counts as widening wherever something is decided. */
export type Direction = "widening" | "narrowing" | "neutral" | "unknown";

/** One change a reviewer decides about, as a sentence. */
export interface AccessChange {
  readonly direction: Direction;
  /** What sort of change it is, for machines: `holding-gained`, `code-changed`. Absent where nobody has named it yet. */
  readonly kind?: string;
  /** Key of the account, or `user`; absent for what concerns all. */
  readonly account?: string;
  readonly person?: string;
  /** Tier it is about; absent where it may be any. */
  readonly tier?: string;
  /** What the person has it by: `team developers`, `a grant of their own`. Names are plain roster names, not escaped. */
  readonly through?: readonly string[];
  /** Every action it is about, the most dangerous first; the sentence names some. */
  readonly actions?: readonly string[];
  /** What was so and what is so now, for machines; what it is depends on the kind. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** One line without a full stop; names in it are quoted and harmless in a terminal. */
  readonly sentence: string;
  /** Line of the roster that says it, in the version that has it. */
  readonly place?: Place;
}

/** Widening first, then by account, person and sentence: the order of every review. */
export function sortChanges(changes: readonly AccessChange[]): readonly AccessChange[] {
  const key = ({ direction, account = "", person = "", sentence }: AccessChange) =>
    [String(ORDER.indexOf(direction)), account, person, sentence].join("\0");
  return [...changes].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

const ORDER: readonly Direction[] = ["unknown", "widening", "narrowing", "neutral"];

/** Of a change that says that plans and roster disagree: whatever it gives or takes, the plans are not this roster's. */
export const PLAN_DIFFERS = "plan-differs";

/** What a review comes to: the worst of its changes. A disagreement is never less than more access. */
export function reviewVerdictOf(changes: readonly AccessChange[]): "none" | "narrowing" | "widening" | "unknown" {
  const has = (direction: Direction) => changes.some((change) => change.direction === direction);
  if (has("unknown")) return "unknown";
  if (has("widening") || changes.some(({ kind }) => kind === PLAN_DIFFERS)) return "widening";
  return has("narrowing") ? "narrowing" : "none";
}
