import { type Finding, formatFinding } from "../../finding";
import { type AccessChange, sortChanges } from "../../review/access-change";
import { diffAccess, diffFromNothing } from "../../review/diff-access";
import { planHeadline } from "../../review/plan/headline";
import { type Review, reviewOf, reviewVerdict } from "../../review/review";
import { judge } from "../../review/rules/judge";
import type { Roster } from "../../roster/roster";
import { countOf } from "../../words";
import type { Context } from "../../machine/context";
import { git } from "../../machine/git-objects";
import { type GitRoster, readGitRoster } from "../roster/git-roster";
import { readRoster } from "../roster/read-roster";
import { reviewDocuments } from "./review-documents";
import { isForMachines, outputsFit, putOut, type ReviewOutputs } from "./review-output";
import { reviewPlanFiles, withWitness } from "./review-plans";
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
  const sides = await readSides(context, options);
  if ("trouble" in sides) return refuse(context, sides.trouble, options);
  const found = await findChanges(context, sides, options);
  if (found === undefined)
    return refuse(context, [{ reason: "what was given besides the rosters cannot be read", findings: [] }], options);
  const done = await byRules(context, sides, found, options);
  return (await putOut(context, done, options)) ? EXITS[reviewVerdict(done)] : 2;
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
  { base, head, roster }: ReviewOptions,
): Promise<Sides | { readonly trouble: readonly Trouble[] }> {
  const before = base === undefined ? "none" : usable(context, base, await readGitRoster(context, base, roster));
  const after =
    head === undefined
      ? usable(context, "the working tree", await readRoster(context, roster))
      : usable(context, head, await readGitRoster(context, head, roster));
  const trouble = [before, after].flatMap((side) => (typeof side === "object" && "reason" in side ? [side] : []));
  if (after === "absent") {
    const reason = "the head has no roster; there is nothing to review";
    context.stderr(`${reason}\n`);
    trouble.push({ reason, findings: [] });
  }
  if (after === "absent" || "reason" in after || (typeof before === "object" && "reason" in before)) return { trouble };
  if (base !== undefined) await tellMissing(context, base, head ?? "HEAD");
  return { base: before, head: after };
}

/** What the base alone has looks as if this change took it back. */
async function tellMissing(context: Context, base: string, head: string): Promise<void> {
  const text = (await git(context, ["rev-list", "--count", "--end-of-options", `${head}..${base}`]))?.toString().trim();
  const commits = Number(text ?? "0");
  if (commits > 0)
    context.stderr(
      `the base has ${countOf(commits, "commit", "commits")} that the head has not, and what they changed reads the wrong way round here: merge or rebase first, or give the commit where the two part (git merge-base) as --base\n`,
    );
}

/** What changes, and what is said before it; every source of changes adds to these two. */
type Found = Pick<Review, "changes" | "headlines">;

async function findChanges(
  context: Context,
  { base, head }: Sides,
  options: ReviewOptions,
): Promise<Found | undefined> {
  const rosters = saidByRosters({ base, head }, context.now);
  const documents = await documentChanges(context, { base, head }, options);
  if (documents === undefined) return undefined;
  const said = sortChanges([...rosters, ...documents]);
  const witness = options.plan && (await reviewPlanFiles(context, options.plan, { base, head }));
  if (options.plan && witness === undefined) return undefined;
  return witness
    ? { changes: withWitness(said, witness), headlines: [planHeadline(witness)] }
    : { changes: said, headlines: [] };
}

/** Policies are compared with a base alone; who is new with the first roster gets what its tiers say. */
async function documentChanges(
  context: Context,
  { base, head }: Sides,
  { base: ref, ...options }: ReviewOptions,
): Promise<readonly AccessChange[] | undefined> {
  if (ref === undefined && (options.baseSynth !== undefined || options.headSynth !== undefined)) {
    context.stderr("--base-synth and --head-synth need --base: they are judged beside its roster\n");
    return undefined;
  }
  if (ref === undefined || typeof base === "string") return [];
  return reviewDocuments(context, { base, head }, { base: ref, ...options });
}

function saidByRosters({ base, head }: Sides, now: Date): readonly AccessChange[] {
  if (base === "none") return [];
  return base === "absent" ? diffFromNothing(head, now) : diffAccess(base, head, now);
}

/** Without a base there are no rules to go by: those of the head are not to be trusted with it. */
async function byRules(context: Context, sides: Sides, found: Found, options: ReviewOptions): Promise<Review> {
  if (options.base === undefined) {
    if (rulesOfFolder(context) !== "absent")
      context.stderr("review.yaml is not applied: without --base nothing says which rules are not this change's own\n");
    return reviewOf(found.changes, found);
  }
  const { base, head } = sides;
  const rules = {
    before: await rulesOfCommit(context, options.base),
    after: options.head === undefined ? rulesOfFolder(context) : await rulesOfCommit(context, options.head),
  };
  const able = abilitiesOf(context);
  const moved = rules.before === "absent" ? await movedRules(context, options.base, options.head) : [];
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
async function refuse(context: Context, trouble: readonly Trouble[], options: ReviewOptions): Promise<number> {
  if (!isForMachines(options)) return 2;
  const changes = trouble.map(({ reason }): AccessChange => ({ direction: "unknown", sentence: reason }));
  await putOut(context, reviewOf(changes, { findings: trouble.flatMap(({ findings }) => findings) }), options);
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
