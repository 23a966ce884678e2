import { type Confirm, nobodyToAsk } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";

interface Question {
  readonly question: string;
  /** Agreed to on the command line. */
  readonly yes: boolean;
  readonly confirm: Confirm;
  /** What to do where nobody can be asked. */
  readonly cure: string;
}

/** Asks a person to agree. Throws a `Refusal`: exit 1 for no, 2 where nobody can be asked. */
export async function expectYes(context: Context, { question, yes, confirm, cure }: Question): Promise<void> {
  if (yes) return;
  const nobody = nobodyToAsk(context, cure);
  if (nobody !== undefined) throw new Refusal(nobody);
  if (!(await confirm(`${question} Type yes: `))) throw new Refusal("not confirmed; nothing was changed", { exit: 1 });
}
