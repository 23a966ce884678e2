import type { Backend } from "../roster/roster";

/**
 * All that a synth for the sandbox says differently from the real one, each with its reason. Switched on by ROLECALL_SANDBOX=1
 * only; without it these values are not read.
 */
export const SANDBOX_SYNTH: { readonly backend: Backend; readonly maxRetries: number } = {
  /** A bucket or an HCP workspace is not there to be tried out; sandbox state is next to the sandbox's output. */
  backend: { kind: "local", directory: "state" },
  /** The provider's 25 retries would hang for minutes on an emulator that has gone away. */
  maxRetries: 3,
};

/** Those of this environment: none outside of the sandbox. */
export function synthDifferences(env: NodeJS.ProcessEnv): Partial<typeof SANDBOX_SYNTH> {
  return env["ROLECALL_SANDBOX"] === "1" ? SANDBOX_SYNTH : {};
}
