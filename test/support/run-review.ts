import { execute } from "../../modules/cli/command";
import { review } from "../../modules/cli/review/review";
import type { Context } from "../../modules/machine/context";
import { DEFAULT_MAX_CHARS } from "../../modules/review/limits";

type Options = Parameters<typeof review.run>[1];

/** What a test gives `rolecall review`. */
export interface ReviewOptions extends Partial<Omit<Options, "plan">> {
  readonly plan?: readonly string[];
}

/** Runs `rolecall review` in this process; returns its exit code. */
export function runReview(context: Context, { plan, ...options }: ReviewOptions): Promise<number> {
  const given = { json: false, maxChars: DEFAULT_MAX_CHARS, ...options };
  return execute(context, review, plan === undefined ? given : { ...given, plan: [...plan] });
}
