import { visible } from "../text";

/** A commit that was compared. */
export interface ReviewedCommit {
  /** As somebody named it. */
  readonly name: string;
  /** In full: `refs/remotes/origin/main`, or the hash. */
  readonly ref: string;
  /** The full hash. */
  readonly commit: string;
}

/** The files as they are in the project folder, on a commit where there is one. */
export interface WorkingTree {
  readonly workingTree: true;
  readonly commit?: string;
}

/** What was compared with what. */
export interface ReviewedSides {
  /** Absent where only plans are held against the head. */
  readonly base?: ReviewedCommit;
  readonly head: ReviewedCommit | WorkingTree;
}

const SHORT = 12;

/** `refs/remotes/origin/main at 1a2b3c4d5e6f`; of a commit that was named by its hash, only that. */
export function commitText({ ref, commit }: ReviewedCommit): string {
  const short = commit.slice(0, SHORT);
  return ref === commit ? `commit ${short}` : `${visible(ref)} at ${short}`;
}

/** `base refs/remotes/origin/main at 1a2b3c4d5e6f, head the working tree on 9f8e7d6c5b4a`. */
export function sidesText({ base, head }: ReviewedSides): string {
  const on = head.commit === undefined ? "" : ` on ${head.commit.slice(0, SHORT)}`;
  const last = `head ${"workingTree" in head ? `the working tree${on}` : commitText(head)}`;
  return base === undefined ? last : `base ${commitText(base)}, ${last}`;
}
