import type { Direction } from "../changes/about";
import type { DocumentChange, IamIdentity } from "../changes/documents";

/** Something that is true of an account, and which change it is when this comes, goes or is another. */
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
  readonly account?: string | undefined;
  readonly person?: string | undefined;
  /** What it is when this comes, or goes; absent where another fact covers it. */
  readonly comes?: DocumentChange;
  readonly goes?: DocumentChange;
  /** Equal values are not a change; numbers have a direction: more is wider. */
  readonly value: string | number;
  readonly differs?: (before: string | number, after: string | number) => DocumentChange | undefined;
  /** @default more of a number is wider, and another text is unknown */
  readonly compare?: (before: string | number, after: string | number) => Direction;
  /** When it comes; the other way when it goes. @default "widening" */
  readonly direction?: Direction;
}

/** Id of the fact that a user, group or role exists. */
export function idOf({ type, name }: IamIdentity): string {
  return JSON.stringify([type, name]);
}
