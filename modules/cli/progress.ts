import type { Context } from "../machine/context";
import { type Phase, Progress } from "../terraform/run/progress";
import { paint } from "./paint";

/** The progress of a command on standard error: one line in place on a terminal, else a line for each change. */
export function createProgress(context: Context): Progress {
  return new Progress({
    write: (text) => context.stderr(paint(context, "stderr", "progress", text)),
    clock: () => performance.now(),
    inPlace: context.isTty && context.env["TERM"] !== "dumb",
  });
}

/** Shows what is done while `work` runs. */
export async function showing<T>(context: Context, phase: Phase, work: () => Promise<T>): Promise<T> {
  const progress = createProgress(context);
  progress.phase("", phase);
  try {
    return await work();
  } finally {
    progress.stop();
  }
}
