import type { Finding } from "./finding";

/**
 * What is in the way and users can fix: thrown wherever it is met, said by the command line in one place. Every other
 * exception is a mistake of the program. `reasons` are lines as messages are: what happened, then what to do.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reasons: readonly string[];
  /** What is wrong in files, each with its place; said before the reasons. */
  readonly findings: readonly Finding[];
  /** 1 where the answer is no, 2 where nothing could be judged or done. */
  readonly exit: 1 | 2;

  constructor(
    reasons: string | readonly string[],
    { findings = [], exit = 2 }: { readonly findings?: readonly Finding[]; readonly exit?: 1 | 2 } = {},
  ) {
    const lines = typeof reasons === "string" ? [reasons] : reasons;
    super(lines.join("\n"));
    this.reasons = lines;
    this.findings = findings;
    this.exit = exit;
  }
}
