import { type Confirm, nobodyToAsk } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";

export type ApplyMode = "apply" | "destroy";

const CURES: Readonly<Record<ApplyMode, string>> = {
  apply: "run rolecall plan and review it, then apply --plans with --auto-approve",
  destroy: "run this with --auto-approve to remove everything without a question",
};

/** Refuses before anything is planned where nobody could answer the question that comes minutes later. */
export function expectSomeoneToAsk(context: Context, mode: ApplyMode, autoApprove: boolean): void {
  const nobody = autoApprove ? undefined : nobodyToAsk(context, CURES[mode]);
  if (nobody !== undefined) throw new Refusal(nobody);
}

/** Asks, and refuses where the answer is anything but yes. */
export async function expectApproval(confirm: Confirm, mode: ApplyMode, where: string): Promise<void> {
  const verb = mode === "apply" ? "apply these changes to" : "DESTROY what rolecall made in";
  if (await confirm(`${verb} ${where}? type yes: `)) return;
  throw new Refusal("not confirmed; nothing was changed", { exit: 1 });
}
