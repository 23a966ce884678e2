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
