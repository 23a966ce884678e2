import type { Place } from "../../finding";

/** What one change means for access. `unknown` counts as widening wherever something is decided. */
export type Direction = "widening" | "narrowing" | "neutral" | "unknown";

/** Where and for whom something changes, and what that means for access: every change has these, whatever its kind. */
export interface About {
  readonly direction: Direction;
  /** Key of the account, or `user`; absent for what concerns all. */
  readonly account?: string | undefined;
  readonly person?: string | undefined;
  /** Tier it is about; absent where it may be any. */
  readonly tier?: string | undefined;
  /** What the person has it by: `team developers`, `a grant of their own`. Names are plain roster names, not escaped. */
  readonly through?: readonly string[] | undefined;
  /** Every action it is about, the most dangerous first. */
  readonly actions?: readonly string[] | undefined;
  /** The code of the two sides makes the difference, and not their rosters. */
  readonly by?: "code" | undefined;
  /** Line of the roster that causes it, in the version that has it. */
  readonly place?: Place | undefined;
}
