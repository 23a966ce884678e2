import type { Decision, Verdict } from "../evaluator/evaluate";
import { askTiers, askUserAccount, type Question, type TierAnswer } from "./ask";
import { askOthers, isWhole, type OtherWay } from "./ask-others";
import { signInWithMfa } from "./checks/moments";

/** Whether a person can do something in an account, through any role they can take with fresh MFA. */
export interface CanAnswer {
  readonly question: Question;
  readonly verdict: Verdict;
  /** False where only the roster's roles were asked: a denial is then none. */
  readonly isWhole: boolean;
  /** A no of a role that the person can take may be a yes on another resource; none was given. */
  readonly depends: boolean;
  /** By tier, in a workload account. */
  readonly tiers?: readonly TierAnswer[];
  /** What the person's own policies say, in the user account. */
  readonly own?: Decision;
  readonly others: readonly OtherWay[];
}

/** Answers about all of these actions at once: each must be allowed. Without an action: about taking a role. */
export function answerCan(question: Question, actions: readonly string[]): CanAnswer {
  const each = actions.map((action): Question => ({ ...question, action }));
  const questions = each.length === 0 ? [question] : each;
  const others = allOfWays(questions.map(askOthers));
  const base = { question, isWhole: isWhole(question), others };
  if (question.account === question.claims.userAccount.key) {
    const own =
      allOf(questions.map((one) => askUserAccount(one, signInWithMfa(0)))) ??
      askUserAccount(question, signInWithMfa(0));
    return { ...base, verdict: eitherOf(own.verdict, others), depends: false, own };
  }
  const tiers = allOfTiers(questions.map(askTiers));
  const verdict = eitherOf(together(tiers), others);
  const depends = verdict !== "allowed" && dependsOnResource(question, tiers, others);
  return { ...base, verdict: depends ? "unknown" : verdict, depends, tiers };
}

function eitherOf(verdict: Verdict, others: readonly OtherWay[]): Verdict {
  const all = [verdict, ...others.map((each) => each.verdict)];
  return all.find((each) => each === "allowed") ?? all.find((each) => each === "unknown") ?? verdict;
}

/** Yes when one tier gives both; unknown when one perhaps does. */
function together(answers: readonly TierAnswer[]): Verdict {
  const both = answers.map(({ canTake, doing }) => [canTake.verdict, doing?.verdict ?? "allowed"] as const);
  if (both.some((pair) => pair.every((verdict) => verdict === "allowed"))) return "allowed";
  const perhaps = both.some((pair) => pair.every((verdict) => verdict === "allowed" || verdict === "unknown"));
  return perhaps ? "unknown" : "implicitly denied";
}

function dependsOnResource(
  { resource }: Question,
  answers: readonly TierAnswer[],
  others: readonly OtherWay[],
): boolean {
  if (resource !== undefined) return false;
  const taken = answers.filter(({ canTake: { verdict } }) => verdict === "allowed" || verdict === "unknown");
  return [...taken, ...others].some(({ doing }) => doing?.deciding.some(({ misses }) => misses === "resource"));
}

/** Answers about several actions as one: in each tier all must be allowed. */
function allOfTiers(answers: readonly (readonly TierAnswer[])[]): readonly TierAnswer[] {
  const [first = [], ...more] = answers;
  return first.map((answer) => {
    const others = more.map((each) => each.find(({ tier }) => tier === answer.tier)?.doing);
    const doing = allOf([answer.doing, ...others]);
    return doing === undefined ? answer : { ...answer, doing };
  });
}

/** Ways on which all of the actions are allowed, or perhaps are. */
function allOfWays(ways: readonly (readonly OtherWay[])[]): readonly OtherWay[] {
  const [first = [], ...more] = ways;
  return first.flatMap((way) => {
    const same = more.map((each) => each.find((other) => keyOf(other) === keyOf(way)));
    if (same.includes(undefined)) return [];
    const all = [way, ...same.flatMap((each) => each ?? [])];
    const doing = allOf(all.map((each) => each.doing));
    const verdict = worst(all.map((each) => each.verdict));
    return [{ ...way, verdict, ...(doing === undefined ? {} : { doing }) }];
  });
}

/** The weakest verdict, with the statements that decide it; undefined where nothing was asked. */
function allOf(decisions: readonly (Decision | undefined)[]): Decision | undefined {
  const asked = decisions.flatMap((each) => each ?? []);
  const verdict = worst(asked.map((each) => each.verdict));
  const [first] = asked.filter((each) => each.verdict === verdict);
  if (first === undefined) return undefined;
  return verdict === "allowed" ? { ...first, deciding: asked.flatMap(({ deciding }) => deciding) } : first;
}

const WORST: readonly Verdict[] = ["explicitly denied", "implicitly denied", "unknown", "allowed"];

function worst(verdicts: readonly Verdict[]): Verdict {
  return WORST.find((each) => verdicts.includes(each)) ?? "allowed";
}

function keyOf({ role, through }: OtherWay): string {
  return JSON.stringify([role, through]);
}
