import fc from "fast-check";
import type { Verdict } from "../../modules/evaluator/evaluate";
import { EXPLANATIONS } from "./explained";
import { type Question, question } from "./generate/question";
import { askEvaluator, askOracle } from "./oracle";

/** `npm run test:deep` asks for more. */
const QUESTIONS = Number(process.env["ROLECALL_DEEP"] ?? 5_000);
/** A new one in a deep run, which fast-check names when it fails; the same questions each time otherwise. */
const SEED =
  process.env["ROLECALL_DEEP"] === undefined ? 20_261_123 : Number(process.env["ROLECALL_SEED"] ?? Date.now());

/** The reasons that account for a disagreement: one alone, else several together; nothing when they do not. */
async function explain(asked: Question, verdict: Verdict): Promise<string | undefined> {
  for (const { why, rewrite } of EXPLANATIONS) {
    if ((await askOracle(rewrite(asked))) === verdict) return why;
  }
  for (const several of [EXPLANATIONS.slice(0, -1), EXPLANATIONS]) {
    const rewritten = several.reduce((words, { rewrite }) => rewrite(words), asked);
    if ((await askOracle(rewritten)) === verdict) return "several together";
  }
  return undefined;
}

test(
  `${QUESTIONS} generated questions: the oracle agrees, or AWS's documentation explains why not`,
  async () => {
    const verdicts = new Map<Verdict, number>();
    const reasons = new Set<string>();
    const property = fc.asyncProperty(question, async (asked) => {
      const { verdict, deciding } = askEvaluator(asked);
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      const theirs = await askOracle(asked);
      if (theirs instanceof Error) throw theirs;
      if (theirs === verdict) return;
      const why = await explain(asked, verdict);
      if (!why) throw new Error(`${verdict}, and the oracle says ${theirs}: ${JSON.stringify(deciding)}`);
      reasons.add(why);
    });
    await fc.assert(property, { numRuns: QUESTIONS, seed: SEED | 0 });
    for (const verdict of ["allowed", "explicitly denied", "implicitly denied"] as const) {
      expect(verdicts.get(verdict)).toBeGreaterThan(QUESTIONS / 10);
    }
    expect(verdicts.get("unknown")).toBeUndefined();
    expect(EXPLANATIONS.filter(({ why }) => !reasons.has(why))).toEqual([]);
  },
  60_000 + QUESTIONS * 10,
);
