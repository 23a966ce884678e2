import { type Finding, formatFinding } from "../../finding";
import { type AccessChange, sortChanges } from "../../review/access-change";
import { diffAccess, diffFromNothing } from "../../review/diff-access";
import { planHeadline } from "../../review/plan/headline";
import { type Review, reviewOf, reviewVerdict } from "../../review/review";
import type { ReviewedSides } from "../../review/sides";
import { judge } from "../../review/rules/judge";
import type { Roster } from "../../roster/roster";
import type { Context } from "../../machine/context";
import { checkedOut, type GitCommit, resolveCommit } from "../../machine/git/resolve-commit";
import { type GitRoster, readGitRoster } from "../roster/git-roster";
import { readRoster } from "../roster/read-roster";
import { managedPolicies } from "../proof/proof-data";
import { reviewCode, reviewDocuments } from "./review-documents";
import { missingCommits } from "../roster/missing-commits";
import { isForMachines, outputsFit, writeReview, type ReviewOutputs } from "./review-output";
import { besidesOf, reviewPlanFiles, withWitness } from "./review-plans";
import { abilitiesOf, movedRules, rulesOfCommit, rulesOfFolder } from "./review-rules";

export interface ReviewOptions extends ReviewOutputs {
  /** Git ref. Without one there must be plans, whose end is held against the head. */
  readonly base?: string;
  /** Git ref; the working tree without one. */
  readonly head?: string;
  readonly roster?: string;
  /** Synth outputs of the two sides, each made by its own code. */
  readonly baseSynth?: string;
  readonly headSynth?: string;
  /** Files of `terraform show -json <plan>`. */
  readonly plan?: readonly string[];
  /** The role of every account that the plans were made with (`rolecall plan --as`). */
  readonly as?: string;
}

const EXITS = { none: 0, widening: 1, breach: 1, unknown: 2, narrowing: 3 } as const;

/**
 * Says in sentences who gains and loses what between two rosters, without running anything of either side. Exit 0 access does
 * not change, 1 somebody gains or a rule of the repository is broken, 3 only less access, 2 could not tell.
 */
export async function review(context: Context, options: ReviewOptions): Promise<number> {
  if (!outputsFit(context, options)) return 2;
  if (options.base === undefined && options.plan === undefined) {
    context.stderr("give --base <git-ref>, --plan <file...>, or both\n");
    return 2;
  }
  const commits = await nameCommits(context, options);
  if ("trouble" in commits) return refuse(context, commits.trouble, options);
  const reviewed = reviewedSides(commits);
  const sides = await readSides(context, options, commits);
  if ("trouble" in sides) return refuse(context, sides.trouble, options, reviewed);
  const found = await findChanges(context, { sides, commits }, options);
  if (found === undefined)
    return refuse(
      context,
      [{ reason: "what was given besides the rosters cannot be read", findings: [] }],
      options,
      reviewed,
    );
  const done = { ...(await byRules(context, { sides, commits }, found)), ...(reviewed && { sides: reviewed }) };
  return (await writeReview(context, done, options)) ? EXITS[reviewVerdict(done)] : 2;
}

/** The commits of the two sides, found once: a ref that moves meanwhile changes neither. */
interface Commits {
  readonly base?: GitCommit;
  readonly head?: GitCommit;
  /** Full hash of what is checked out, where the working tree is the head and something is committed. */
  readonly checkedOut?: string;
}

async function nameCommits(
  context: Context,
  { base, head }: ReviewOptions,
): Promise<Commits | { readonly trouble: readonly Trouble[] }> {
  const [before, after, out] = await Promise.all([
    base === undefined ? undefined : resolveCommit(context, base),
    head === undefined ? undefined : resolveCommit(context, head),
    base === undefined || head !== undefined ? undefined : checkedOut(context),
  ]);
  const reasons = [...new Set([before, after].flatMap((side) => (side?.known === false ? [side.reason] : [])))];
  for (const reason of reasons) context.stderr(`${reason}\n`);
  if (reasons.length > 0) return { trouble: reasons.map((reason) => ({ reason, findings: [] })) };
  return {
    ...(before?.known && { base: before.value }),
    ...(after?.known && { head: after.value }),
    ...(out?.known && { checkedOut: out.value }),
  };
}

/** What the outputs say of the sides; nothing where no commit is compared. */
function reviewedSides({ base, head, checkedOut: commit }: Commits): ReviewedSides | undefined {
  if (base === undefined) return head && { head };
  return { base, head: head ?? { workingTree: true, ...(commit !== undefined && { commit }) } };
}

interface Sides {
  /** `none`: no base is asked for; `absent`: the base has no roster. */
  readonly base: Roster | "none" | "absent";
  readonly head: Roster;
}

/** What stands in the way of a review; it is on standard error already. */
interface Trouble {
  readonly reason: string;
  readonly findings: readonly Finding[];
}

async function readSides(
  context: Context,
  { roster }: ReviewOptions,
  { base, head, checkedOut: out }: Commits,
): Promise<Sides | { readonly trouble: readonly Trouble[] }> {
  const before = base === undefined ? "none" : usable(context, base.name, await readGitRoster(context, base, roster));
  const after =
    head === undefined
      ? usable(context, "the working tree", await readRoster(context, roster))
      : usable(context, head.name, await readGitRoster(context, head, roster));
  const trouble = [before, after].flatMap((side) => (typeof side === "object" && "reason" in side ? [side] : []));
  if (after === "absent") {
    const reason = "the head has no roster; there is nothing to review";
    context.stderr(`${reason}\n`);
    trouble.push({ reason, findings: [] });
  }
  if (after === "absent" || "reason" in after || (typeof before === "object" && "reason" in before)) return { trouble };
  for (const line of await missingCommits(context, base?.commit, head?.commit ?? out)) context.stderr(`${line}\n`);
  return { base: before, head: after };
}

/** What changes, and what is said before it; every source of changes adds to these two. */
type Found = Pick<Review, "changes" | "headlines">;

/** The rosters, and the commits they are of. */
interface Reviewed {
  readonly sides: Sides;
  readonly commits: Commits;
}

async function findChanges(
  context: Context,
  { sides: { base, head }, commits }: Reviewed,
  options: ReviewOptions,
): Promise<Found | undefined> {
  const rosters = saidByRosters(context, { base, head });
  const documents = await documentChanges(context, { sides: { base, head }, commits }, options);
  if (documents === undefined) return undefined;
  const said = sortChanges([...rosters, ...documents]);
  const witness = options.plan && (await reviewPlanFiles(context, options.plan, { base, head, as: options.as }));
  if (options.plan && witness === undefined) return undefined;
  if (!witness) return { changes: said, headlines: [] };
  const beside = besidesOf(said, witness);
  return { changes: withWitness(said, beside), headlines: [planHeadline(beside)] };
}

/** Policies are compared with a base alone; who is new with the first roster gets what its tiers say. */
async function documentChanges(
  context: Context,
  { sides: { base, head }, commits }: Reviewed,
  options: ReviewOptions,
): Promise<readonly AccessChange[] | undefined> {
  if (commits.base === undefined && (options.baseSynth !== undefined || options.headSynth !== undefined)) {
    context.stderr("--base-synth and --head-synth need --base: they are judged beside its roster\n");
    return undefined;
  }
  if (commits.base === undefined || base === "none") return [];
  const sided = { ...options, base: commits.base.commit, head: commits.head?.commit };
  if (base !== "absent") return reviewDocuments(context, { base, head }, sided);
  if (options.baseSynth !== undefined || options.headSynth !== undefined) {
    context.stderr(
      "--base-synth and --head-synth are compared by both rosters, and the base has none: leave them out\n",
    );
    return undefined;
  }
  return reviewCode(context, sided);
}

function saidByRosters(context: Context, { base, head }: Sides): readonly AccessChange[] {
  if (base === "none") return [];
  const managed = managedPolicies(context);
  return base === "absent" ? diffFromNothing(head, context.now, managed) : diffAccess(base, head, context.now, managed);
}

/** Without a base there are no rules to go by: those of the head are not to be trusted with it. */
async function byRules(context: Context, { sides, commits }: Reviewed, found: Found): Promise<Review> {
  if (commits.base === undefined) {
    if (rulesOfFolder(context) !== "absent")
      context.stderr("review.yaml is not applied: without --base nothing says which rules are not this change's own\n");
    return reviewOf(found.changes, found);
  }
  const { base, head } = sides;
  const rules = {
    before: await rulesOfCommit(context, commits.base.commit),
    after: commits.head === undefined ? rulesOfFolder(context) : await rulesOfCommit(context, commits.head.commit),
  };
  const able = abilitiesOf(context);
  const moved = rules.before === "absent" ? await movedRules(context, commits.base.commit, commits.head?.commit) : [];
  const judged = {
    head,
    changes: [...found.changes, ...moved],
    now: context.now,
    able,
    ...(typeof base === "object" && { base }),
  };
  return reviewOf([], { ...found, ...judge(judged, rules) });
}

/** Machines get the trouble as a review in which nothing can be judged; people read it on standard error. */
async function refuse(
  context: Context,
  trouble: readonly Trouble[],
  options: ReviewOptions,
  sides?: ReviewedSides,
): Promise<number> {
  if (!isForMachines(options)) return 2;
  const changes = trouble.map(({ reason }): AccessChange => ({ direction: "unknown", kind: "not-reviewed", reason }));
  const findings = trouble.flatMap((each) => each.findings);
  await writeReview(context, reviewOf(changes, { findings, ...(sides && { sides }) }), options);
  return 2;
}

/** The roster of one side; its findings and what is wrong with it go to standard error. */
function usable(context: Context, side: string, read: GitRoster): Roster | "absent" | Trouble {
  if (read.ok === "absent") return "absent";
  if (read.ok === true) return read.value;
  const findings = read.ok === "unreadable" ? [] : read.findings;
  const reason =
    read.ok === "unreadable" ? read.reason : `the roster of ${side} does not hold, so nobody can tell what changes`;
  for (const finding of findings) context.stderr(`${side}: ${formatFinding(finding)}\n`);
  context.stderr(`${reason}\n`);
  return { reason, findings };
}
