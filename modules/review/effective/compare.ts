import type { Catalogue } from "../../iam/catalogue";
import { prepare, type Request, type Verdict } from "../../evaluator/evaluate";
import { byRisk } from "./by-risk";
import { mayWiden, type Said } from "./contains";
import { type ProbedCaller, probesFor } from "./probes";
import { partsFor, rulesFor, type Side } from "./side";
import { strangeActions } from "./strange-actions";

/** How the answers of two sides differ, by action, the most dangerous first. An action may be in several lists. */
export interface AnswerDifference {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** At least one side could not tell, and not in the same way as the other; or nothing shows that there is no more. */
  readonly unknown: readonly string[];
  /** Of `gained`: only on some resources or under some conditions. */
  readonly partly: ReadonlySet<string>;
  /** Actions whose statements are not the same on both sides. */
  readonly touched: number;
  readonly questions: number;
  /** The statements about taking roles are among those. */
  readonly assuming: boolean;
}

type Outcome = Readonly<Record<"gained" | "lost" | "unknown" | "partly", boolean>> & { readonly questions: number };

/**
 * Every action of the catalogue on both sides. Where the statements that may mean an action say the same on both sides, so
 * does every answer, and nothing is asked; elsewhere the sides are asked, and never their texts compared. Questions are samples:
 * where none is answered with more, it must also be certain that there is no more.
 */
export function compareSides(
  before: Side,
  after: Side,
  caller: ProbedCaller,
  { actions }: Catalogue,
): AnswerDifference {
  const ask = [prepare(before.policies), prepare(after.policies)] as const;
  const known = new Map<string, Outcome>();
  const lists = { gained: [] as string[], lost: [] as string[], unknown: [] as string[] };
  const partly = new Set<string>();
  const touched = new Set<string>();
  let questions = 0;
  for (const { name } of byRisk(actions)) {
    const rules = [rulesFor(before, name), rulesFor(after, name)];
    if (rules[0] === rules[1]) continue;
    touched.add(name);
    // Within a service, an action with the same statements gets the same answers.
    const key = JSON.stringify([name.slice(0, name.indexOf(":")), rules]);
    const outcome = known.get(key) ?? compareAction(name, before, after, caller, ask);
    if (!known.has(key)) questions += outcome.questions;
    known.set(key, outcome);
    for (const list of ["gained", "lost", "unknown"] as const) if (outcome[list]) lists[list].push(name);
    if (outcome.partly) partly.add(name);
  }
  const assuming = rulesFor(before, "sts:AssumeRole") !== rulesFor(after, "sts:AssumeRole");
  const strange = strangeActions(before, after, actions, touched);
  return {
    ...lists,
    unknown: [...lists.unknown, ...strange],
    partly,
    touched: touched.size + strange.length,
    questions,
    assuming,
  };
}

type Ask = (request: Request) => Verdict;

function compareAction(
  action: string,
  before: Side,
  after: Side,
  caller: ProbedCaller,
  [askBefore, askAfter]: readonly [Ask, Ask],
): Outcome {
  const parts = [before, after].flatMap((side) => [
    ...partsFor(side.identity, action),
    ...partsFor(side.boundary, action),
  ]);
  const found = { gained: false, lost: false, unknown: mayWiden(saidOf(before, action), saidOf(after, action)) };
  let everywhere = false;
  const probes = probesFor(action, parts, caller);
  for (const [index, { resource, context }] of probes.entries()) {
    const request = { principal: caller.principal, action, resource, resourceAccount: caller.account.id, context };
    const [old, now] = [askBefore(request), askAfter(request)];
    const change = changeOf(old, now);
    if (change === undefined) continue;
    found[change] = true;
    if (index === 0 && change === "gained") everywhere = true;
  }
  // What is more access for certain counts as that, whatever else is unknown.
  return {
    ...found,
    unknown: found.unknown && !found.gained,
    partly: found.gained && !everywhere,
    questions: probes.length * 2,
  };
}

function saidOf({ identity, boundary }: Side, action: string): Said {
  return { identity: partsFor(identity, action), boundary: boundary && partsFor(boundary, action) };
}

function changeOf(old: Verdict, now: Verdict): "gained" | "lost" | "unknown" | undefined {
  if (old === now) return undefined;
  if (old === "unknown" || now === "unknown") return "unknown";
  if (now === "allowed") return "gained";
  return old === "allowed" ? "lost" : undefined;
}
