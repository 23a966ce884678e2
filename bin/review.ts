import { formatFinding } from "../modules/finding";
import { verdictOf } from "../modules/review/access-change";
import { diffAccess, diffFromNothing } from "../modules/review/diff-access";
import { planHeadline } from "../modules/review/plan/headline";
import { renderReview } from "../modules/review/render";
import type { Roster } from "../modules/roster/roster";
import type { Context } from "./context";
import { type GitRoster, readGitRoster } from "./git-roster";
import { readRoster } from "./read-roster";
import { reviewPlanFiles, withWitness } from "./review-plans";

export interface ReviewOptions {
  /** Git ref. Without one there must be plans, whose end is held against the head. */
  readonly base?: string;
  /** Git ref; the working tree without one. */
  readonly head?: string;
  readonly roster?: string;
  /** Files of `terraform show -json <plan>`. */
  readonly plan?: readonly string[];
  readonly json: boolean;
}

const EXITS = { none: 0, widening: 1, unknown: 2, narrowing: 3 } as const;

/**
 * Says in sentences who gains and loses what between two rosters, without running anything of either side. Exit 0 access does
 * not change, 1 somebody gains, 3 only less access, 2 could not tell.
 */
export async function review(context: Context, options: ReviewOptions): Promise<number> {
  if (options.base === undefined && options.plan === undefined) {
    context.stderr("give --base <git-ref>, --plan <file...>, or both\n");
    return 2;
  }
  const base =
    options.base === undefined
      ? "none"
      : usable(context, options.base, await readGitRoster(context, options.base, options.roster));
  const head = options.head
    ? usable(context, options.head, await readGitRoster(context, options.head, options.roster))
    : usable(context, "the working tree", await readRoster(context, options.roster));
  if (base === undefined || head === undefined) return 2;
  if (head === "absent") {
    context.stderr("the head has no roster; there is nothing to review\n");
    return 2;
  }
  const said =
    base === "none" ? [] : base === "absent" ? diffFromNothing(head, context.now) : diffAccess(base, head, context.now);
  const witness = options.plan && (await reviewPlanFiles(context, options.plan, { base, head }));
  if (options.plan && witness === undefined) return 2;
  const changes = witness ? withWitness(said, witness) : said;
  const verdict = verdictOf(changes);
  const plans = witness && planHeadline(witness);
  if (options.json)
    context.stdout(
      `${JSON.stringify({ schemaVersion: 1, command: "review", verdict, ...(plans && { plans }), changes })}\n`,
    );
  else context.stdout(`${plans ? `${plans}\n\n` : ""}${renderReview(changes)}`);
  return EXITS[verdict];
}

/** The roster of one side; its findings and what is wrong with it go to standard error. */
function usable(context: Context, side: string, read: GitRoster): Roster | "absent" | undefined {
  if (read.ok === "absent") return "absent";
  if (read.ok === "unreadable") {
    context.stderr(`${read.reason}\n`);
    return undefined;
  }
  if (read.ok) return read.value;
  for (const finding of read.findings) context.stderr(`${side}: ${formatFinding(finding)}\n`);
  context.stderr(`the roster of ${side} does not hold, so nobody can tell what changes\n`);
  return undefined;
}
