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

/** Without a terminal, what ends sooner is not worth a line. */
const PATIENCE_MS = 2_000;

/** Shows what is done while `work` runs; what it says in the meantime has lines of its own. */
export async function showing<T>(context: Context, phase: Phase, work: (context: Context) => Promise<T>): Promise<T> {
  const progress = createProgress(context);
  const begin = () => progress.phase("", phase);
  const late = progress.inPlace ? undefined : setTimeout(begin, PATIENCE_MS);
  if (progress.inPlace) begin();
  try {
    return await work({ ...context, stderr: (text) => progress.aside(() => context.stderr(text)) });
  } finally {
    clearTimeout(late);
    progress.stop();
  }
}
