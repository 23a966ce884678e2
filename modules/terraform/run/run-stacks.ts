import { mkdirSync } from "node:fs";
import { mapPool } from "../../pool";
import type { SynthesizedStack } from "./manifest";
import { countChanges } from "./plan-json";
import { planFiles, removeSavedPlans } from "./receipt";
import { type PlanMode, type StackResult, type StackRun, SingleStackRun } from "./stack-run";

/**
 * Plans every stack and saves each plan with a receipt in the run's folder, which afterwards holds this run's plans only.
 * A stack that fails stops no other; results come in the order of the stacks.
 */
export function planStacks(
  run: StackRun,
  stacks: readonly SynthesizedStack[],
  mode: PlanMode = "plan",
): Promise<readonly StackResult[]> {
  mkdirSync(run.plans, { recursive: true, mode: 0o700 });
  removeSavedPlans(run.plans);
  return eachStack(run, stacks, (work) => work.plan(mode));
}

/** What the saved plans of the stacks will do, each read from its plan; refused are those that do not fit any more. */
export function reviewStacks(run: StackRun, stacks: readonly SynthesizedStack[]): Promise<readonly StackResult[]> {
  return eachStack(run, stacks, (work) => work.review());
}

/** Applies the saved plans of the stacks, exactly as `shown`; a plan whose inputs changed since is refused. */
export function applyStacks(
  run: StackRun,
  stacks: readonly SynthesizedStack[],
  shown: readonly StackResult[],
  phase: "applying" | "destroying" = "applying",
): Promise<readonly StackResult[]> {
  const plans = new Map(shown.map(({ stack, plan }) => [stack, plan]));
  return eachStack(run, stacks, (work, { name }) => work.apply(phase, plans.get(name)));
}

async function eachStack(
  run: StackRun,
  stacks: readonly SynthesizedStack[],
  work: (stack: SingleStackRun, of: SynthesizedStack) => Promise<StackResult>,
): Promise<readonly StackResult[]> {
  const initTurn = takeTurns();
  const results = await mapPool(stacks, run.parallelism, async (stack): Promise<StackResult> => {
    const result = run.interruption.requested
      ? notStarted(run, stack)
      : await work(new SingleStackRun(run, stack, initTurn), stack).catch((error: unknown) =>
          broken(run, stack, error),
        );
    run.progress.done(stack.name, describe(result));
    return result;
  });
  run.progress.stop();
  return results;
}

function notStarted(run: StackRun, { name }: SynthesizedStack): StackResult {
  const { log } = planFiles(run.plans, name);
  return { stack: name, outcome: "not started", changes: [], errors: [], log };
}

/** Most likely a file that cannot be written: it concerns only this stack. */
function broken(run: StackRun, stack: SynthesizedStack, error: unknown): StackResult {
  const message = error instanceof Error ? error.message : String(error);
  return { ...notStarted(run, stack), outcome: "failed", errors: [message] };
}

function describe({ outcome, changes, errors }: StackResult): string {
  const { add, change, destroy } = countChanges(changes);
  if (outcome === "changes") return `${add} to add, ${change} to change, ${destroy} to destroy`;
  if (outcome === "applied") return `applied: ${add} added, ${change} changed, ${destroy} destroyed`;
  return errors[0] === undefined ? outcome : `${outcome}: ${errors[0]}`;
}

/** Runs one piece of work after the other. */
function takeTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
