import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { composeReview, type ReviewInput } from "../../review/compose";
import { DEFAULT_MAX_CHARS, LEAST_MAX_CHARS } from "../../review/limits";
import { type Review, reviewOf, reviewVerdict } from "../../review/review";
import type { ReviewedRosters } from "../../review/reviewed";
import type { ReviewedSides } from "../../review/sides";
import type { Answer } from "../answer";
import { define } from "../command";
import { asFlag, jsonFlag, rosterFlag } from "../flags";
import { missingCommits } from "../roster/missing-commits";
import { changedCode } from "./changed-code";
import { answerWith, expectOutputs, isForMachines, type ReviewOutputs } from "./review-output";
import { expectPlans, planClaims } from "./review-plans";
import { movedRules, rulesOfCommit, rulesOfFolder } from "./review-rules";
import { type ReviewedCommits, reviewedCommits, reviewedRosters, type SideFailure, sidesOf } from "./reviewed-sides";
import { reviewSources } from "./sources";
import { type SynthFolders, synthesizedSides } from "./synthesized-sides";

const EXITS = { none: 0, widening: 1, breach: 1, unknown: 2, narrowing: 3 } as const;

const EPILOGUE = `
Exit codes: 0 access does not change, 1 somebody gains or a rule is broken,
2 could not tell, 3 only less access.

review.yaml in the project folder says who must approve what, how many people
may hold a tier, and what grants of a person's own must have, by account, tier,
or what a tier allows (review.schema.json). It is read from the base: a change
is not judged by its own rules. Rules that apply to nothing after the change
end with 2.`;

/**
 * Who gains and loses what between two rosters, without running anything of either side. Exit 0 access does not change, 1 somebody
 * gains or a rule of the repository is broken, 3 only less access, 2 could not tell.
 */
export const review = define(
  {
    name: "review",
    about: "say in sentences who gains and loses what between two rosters in git; runs nothing of either side",
    schemaVersion: 2,
    usage: (command) =>
      command
        .option(
          "--base <git-ref>",
          "what to compare with, such as origin/main; a name that can mean two commits is refused",
        )
        .option("--head <git-ref>", "what to review (default: the working tree)")
        .option(
          "--plan <file...>",
          "the folder of `rolecall plan`, or what `terraform show -json` prints of each stack's plan (- for standard input): what the apply will really do, and whether that is what the roster says",
        )
        .addOption(asFlag("the plans were made with this role of each account (rolecall plan --as)"))
        .option("--base-synth <dir>", "synth output of the base, made by its own code: changes of code are judged, too")
        .option("--head-synth <dir>", "the same of the head")
        .option("--markdown [file]", "as a comment for a pull request, on stdout or in a file")
        .addOption(maxCharsFlag())
        .option("--sarif [file]", "as SARIF 2.1.0 at the lines of the roster, on stdout or in a file")
        .option("--annotations", "as annotations of a GitHub workflow, on stdout")
        .addOption(rosterFlag())
        .addOption(jsonFlag())
        .addHelpText("after", EPILOGUE),
  },
  async (context, options): Promise<Answer> => {
    expectOutputs(options);
    if (options.base === undefined && options.plan === undefined)
      throw new Refusal("give --base <git-ref>, --plan <file...>, or both");
    const commits = await reviewedCommits(context, options);
    if (isFailed(commits)) return cannotReview(context, commits, options);
    const sides = sidesOf(commits);
    const rosters = await reviewedRosters(context, options.roster, commits);
    if (isFailed(rosters)) return cannotReview(context, rosters, options, sides);
    try {
      const { input, talk } = await readInput(context, { rosters, commits }, options);
      const found: Review = { ...composeReview(input, reviewSources(context)), ...(sides && { sides }) };
      return await answerWith(context, found, options, { exit: EXITS[reviewVerdict(found)], talk });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return cannotReview(context, failuresOf(error), options, sides);
    }
  },
);

function maxCharsFlag() {
  return new Option(
    "--max-chars <n>",
    "most characters of --markdown; the least risky rows are left out (GitHub allows 65536, Bitbucket 32768)",
  )
    .argParser((text) => {
      const value = Number(text);
      if (Number.isInteger(value) && value >= LEAST_MAX_CHARS && value <= 10_000_000) return value;
      throw new InvalidArgumentError(`give a whole number from ${LEAST_MAX_CHARS}`);
    })
    .default(DEFAULT_MAX_CHARS);
}

interface ReviewOptions extends ReviewOutputs, SynthFolders {
  readonly roster?: string | undefined;
  readonly plan?: readonly string[] | undefined;
  readonly as?: string | undefined;
}

interface RostersAndCommits {
  readonly rosters: ReviewedRosters;
  readonly commits: ReviewedCommits;
}

/** Everything besides the rosters, and what to tell a person about it. Throws a `Refusal` for what cannot be read. */
async function readInput(
  context: Context,
  { rosters, commits }: RostersAndCommits,
  options: ReviewOptions,
): Promise<{ readonly input: ReviewInput; readonly talk: readonly string[] }> {
  const { base, head } = commits;
  const talk = await missingCommits(context, base?.commit, head?.commit ?? commits.checkedOut);
  const synthesized = await synthesizedSides(context, rosters, options);
  const plans = options.plan && {
    plans: await expectPlans(context, options.plan),
    against: planClaims(context, rosters.head, options.as),
  };
  if (base === undefined) {
    const ignored = rulesOfFolder(context) !== "absent";
    return { input: { rosters, plans }, talk: ignored ? [...talk, RULES_IGNORED] : talk };
  }
  const sides = { base: base.commit, head: head?.commit };
  const code = (await changedCode(context, { ...sides, roster: options.roster, given: filesOf(options) })) ?? "unknown";
  const before = await rulesOfCommit(context, sides.base);
  const after = sides.head === undefined ? rulesOfFolder(context) : await rulesOfCommit(context, sides.head);
  const moved = before === "absent" ? await movedRules(context, sides.base, sides.head) : [];
  return { input: { rosters, code, synthesized, plans, rules: { before, after }, moved }, talk };
}

const RULES_IGNORED =
  "review.yaml is not applied: without --base, rules that this change itself writes cannot be told apart; give --base";

/** Files that the review reads or writes besides: no part of what it judges. */
function filesOf({ baseSynth, headSynth, plan = [], markdown, sarif }: ReviewOptions): readonly string[] {
  return [baseSynth, headSynth, ...plan, markdown, sarif].flatMap((path) => (typeof path === "string" ? [path] : []));
}

function isFailed(read: object | readonly SideFailure[]): read is readonly SideFailure[] {
  return Array.isArray(read);
}

function failuresOf({ reasons, findings }: Refusal): readonly SideFailure[] {
  return reasons.map((reason, index) => ({ reason, findings: index === 0 ? findings : [], lines: [reason] }));
}

/** Machines get the reasons as a review in which nothing can be judged; people read them on standard error. */
async function cannotReview(
  context: Context,
  failures: readonly SideFailure[],
  options: ReviewOptions,
  sides?: ReviewedSides,
): Promise<Answer> {
  const talk = failures.flatMap(({ lines }) => lines);
  if (!isForMachines(options)) return { exit: 2, talk };
  const changes = failures.map(({ reason }) => ({ direction: "unknown", kind: "not-reviewed", reason }) as const);
  const findings = failures.flatMap((each) => each.findings);
  const nothing = reviewOf(changes, { findings, ...(sides && { sides }) });
  return answerWith(context, nothing, options, { exit: 2, talk });
}
