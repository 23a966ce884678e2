import type { Context } from "./context";
import { askOn, STANDARD_STREAMS } from "./prompt";

/** Asks a person; anything but `yes`, including the end of input and Ctrl-C, means no. */
export type Confirm = (question: string) => Promise<boolean>;

/** Asks on the terminal of this process. */
export const confirmOnTerminal: Confirm = async (question) =>
  (await askOn(STANDARD_STREAMS, question))?.trim() === "yes";

/** Why nobody can be asked, with the cure; undefined where a person sits at a terminal. */
export function nobodyToAsk({ isTty }: Context, cure: string): string | undefined {
  return isTty ? undefined : `there is no terminal to confirm on; ${cure}`;
}

/** Whether to go on, and if not, the exit code: 1 for no, 2 when nobody could be asked. */
async function approve(
  context: Context,
  {
    autoApprove,
    question,
    confirm,
    cure = "review the plan, then run this with --auto-approve",
  }: { autoApprove: boolean; question: string; confirm: Confirm; cure?: string },
): Promise<0 | 1 | 2> {
  if (autoApprove) return 0;
  const nobody = nobodyToAsk(context, cure);
  if (nobody !== undefined) {
    context.stderr(`${nobody}\n`);
    return 2;
  }
  if (await confirm(question)) return 0;
  context.stderr("not confirmed; nothing was changed\n");
  return 1;
}
