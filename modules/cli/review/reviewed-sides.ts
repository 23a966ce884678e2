import { type Finding, formatFinding } from "../../finding";
import type { Context } from "../../machine/context";
import { checkedOut, type GitCommit, resolveCommit } from "../../machine/git/resolve-commit";
import type { ReviewedRosters } from "../../review/reviewed";
import type { ReviewedSides } from "../../review/sides";
import type { Roster } from "../../roster/roster";
import { type GitRoster, readGitRoster } from "../roster/git-roster";
import { readRoster } from "../roster/read-roster";

/** Why a side cannot be reviewed. */
export interface SideFailure {
  readonly reason: string;
  readonly findings: readonly Finding[];
  /** What a person reads of it. */
  readonly lines: readonly string[];
}

/** The commits of the two sides, found once: a ref that moves meanwhile changes neither. */
export interface ReviewedCommits {
  readonly base?: GitCommit | undefined;
  readonly head?: GitCommit | undefined;
  /** Full hash of what is checked out, where the working tree is the head and something is committed. */
  readonly checkedOut?: string | undefined;
}

interface Refs {
  readonly base?: string | undefined;
  readonly head?: string | undefined;
}

export async function reviewedCommits(
  context: Context,
  { base, head }: Refs,
): Promise<ReviewedCommits | readonly SideFailure[]> {
  const [before, after, out] = await Promise.all([
    base === undefined ? undefined : resolveCommit(context, base),
    head === undefined ? undefined : resolveCommit(context, head),
    base === undefined || head !== undefined ? undefined : checkedOut(context),
  ]);
  const reasons = [...new Set([before, after].flatMap((side) => (side?.known === false ? [side.reason] : [])))];
  if (reasons.length > 0) return reasons.map((reason) => ({ reason, findings: [], lines: [reason] }));
  return {
    base: before?.known ? before.value : undefined,
    head: after?.known ? after.value : undefined,
    checkedOut: out?.known ? out.value : undefined,
  };
}

/** What the outputs say of the sides; nothing where no commit is compared. */
export function sidesOf({ base, head, checkedOut: commit }: ReviewedCommits): ReviewedSides | undefined {
  if (base === undefined) return head && { head };
  return { base, head: head ?? { workingTree: true, ...(commit !== undefined && { commit }) } };
}

/** The rosters of both sides, or everything that is wrong with them. */
export async function reviewedRosters(
  context: Context,
  roster: string | undefined,
  { base, head }: ReviewedCommits,
): Promise<ReviewedRosters | readonly SideFailure[]> {
  const before: ReviewedRosters["base"] | SideFailure =
    base === undefined ? "none" : usable(base.name, await readGitRoster(context, base, roster));
  const after =
    head === undefined
      ? usable("the working tree", await readRoster(context, roster))
      : usable(head.name, await readGitRoster(context, head, roster));
  const failures = [before, after === "absent" ? NO_HEAD : after].flatMap((side) => (isFailure(side) ? side : []));
  if (isFailure(before) || after === "absent" || isFailure(after)) return failures;
  return { base: before, head: after };
}

const NO_REASON = "the head has no roster; there is nothing to review";
const NO_HEAD: SideFailure = { reason: NO_REASON, findings: [], lines: [NO_REASON] };

function isFailure(side: Roster | SideFailure | "none" | "absent"): side is SideFailure {
  return typeof side === "object" && "reason" in side;
}

function usable(side: string, read: GitRoster): Roster | "absent" | SideFailure {
  if (read.ok === "absent") return "absent";
  if (read.ok === true) return read.value;
  if (read.ok === "unreadable") return { reason: read.reason, findings: [], lines: [read.reason] };
  const reason = `the roster of ${side} does not hold, so what changes is unknown`;
  const { findings } = read;
  return { reason, findings, lines: [...findings.map((finding) => `${side}: ${formatFinding(finding)}`), reason] };
}
