import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { expectKnown } from "../../known";
import { chooseStacks, type SynthesizedStack } from "../../terraform/run/manifest";
import { savedStacks } from "../../terraform/run/receipt";
import { reviewStacks } from "../../terraform/run/run-stacks";
import { quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { approveFlag, jsonFlag, parallelismFlag, rosterFlag, verboseFlag } from "../flags";
import { type ApplyOptions, askAndApply, planAndApply } from "./apply-plans";
import { expectSomeoneToAsk } from "./approval";
import { STACK_TOOLS, type StackSession, type StackTools, withStacks } from "./stack-session";
import { shownPath } from "./work-folder";

/**
 * Without `--plans`: plans, shows, asks, and applies exactly what was shown. With `--plans`: shows, asks and applies what
 * `rolecall plan` saved. Exit 0 applied or nothing to do, 1 refused or not confirmed, 2 failed.
 */
export const apply = define(
  {
    name: "apply",
    about: "apply saved plans (--plans), or plan, show, ask and apply exactly what was shown",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("[stack...]")
        .option(
          "--plans <dir>",
          "apply the plans that `rolecall plan --out <dir>` saved; refused when their inputs changed since",
        )
        .addOption(approveFlag())
        .addOption(verboseFlag())
        .addOption(parallelismFlag())
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  (context, options, stacks) => applyWith(STACK_TOOLS, context, options, stacks),
);

export async function applyWith(
  tools: StackTools,
  context: Context,
  options: ApplyOptions & { readonly plans?: string | undefined },
  stacks: readonly string[],
): Promise<Answer> {
  const { plans } = options;
  if (plans === undefined) return planAndApply(tools, context, "apply", options, stacks);
  expectSomeoneToAsk(context, "apply", options.autoApprove);
  return withStacks(context, { ...options, plans, stacks }, tools, async (session) => {
    const saved = { ...session, stacks: chooseSaved(context, session, stacks) };
    const reviewed = await reviewStacks(session.run, saved.stacks);
    return askAndApply(tools, context, { mode: "apply", options, session: saved, planned: reviewed });
  });
}

/** The stacks of a folder of saved plans; with names, only these. */
function chooseSaved(
  context: Context,
  { run, stacks }: StackSession,
  names: readonly string[],
): readonly SynthesizedStack[] {
  const saved = savedStacks(run.plans);
  if (saved.length === 0)
    throw new Refusal(`no saved plans in ${quote(shownPath(context, run.plans))}; run rolecall plan --out there first`);
  const lost = saved.filter((name) => !stacks.some((stack) => stack.name === name));
  const refused = names.length === 0 ? lost : lost.filter((name) => names.includes(name));
  if (refused.length > 0)
    throw new Refusal(
      `saved plan of ${refused.map(quote).join(", ")} is refused: no such stack is synthesized; plan again`,
    );
  const withPlan = stacks.filter(({ name }) => saved.includes(name));
  return expectKnown(chooseStacks(withPlan, names));
}
