import type { Direction } from "../access-change";

/** Something that is so in an account, and what it means when it comes, goes or is another. */
export interface Fact {
  /** Equal ids on both sides are the same thing. */
  readonly id: string;
  /** Id of the thing it is about: when that goes, this goes without saying. */
  readonly of?: string;
  /** Id of a fact that must be there on both sides for this to come or go. */
  readonly within?: string;
  /** When the thing comes, this comes without saying, too. */
  readonly detail?: boolean;
  /** Key of the account it concerns. @default the one it is in */
  readonly account?: string;
  readonly person?: string;
  readonly comes: string;
  readonly goes: string;
  /** Equal values are no change; numbers have a direction: more is wider. */
  readonly value: string | number;
  readonly differs: (before: string | number, after: string | number) => string;
  /** @default more of a number is wider, and another text is unknown */
  readonly compare?: (before: string | number, after: string | number) => Direction;
  /** When it comes; the other way when it goes. @default "widening" */
  readonly direction?: Direction;
}
