import type { Facts } from "./facts";

/** `warn`: works, and should not stay so; `fail`: does not work, or is dangerous; `unknown`: could not be looked at. */
export type Status = "ok" | "warn" | "fail" | "unknown";

/** What one check found. `found` and `cure` are one line each, lower case, no full stop. */
export interface Diagnosis {
  readonly status: Status;
  readonly found: string;
  /** What to do; absent only when there is nothing to. */
  readonly cure?: string;
}

/** One question about a person's setup. Pure: everything it may know is in the facts. */
export interface Check {
  /** Stable kebab-case name. */
  readonly id: string;
  readonly examine: (facts: Facts) => readonly Diagnosis[];
}

/** A diagnosis with the name of its check. */
export interface Examined extends Diagnosis {
  readonly check: string;
}

export const ok = (found: string): Diagnosis => ({ status: "ok", found });
export const warn = (found: string, cure: string): Diagnosis => ({ status: "warn", found, cure });
export const fail = (found: string, cure: string): Diagnosis => ({ status: "fail", found, cure });
export const unknown = (found: string, cure: string): Diagnosis => ({ status: "unknown", found, cure });

/** 0 all well, 1 something to put right, 2 nothing found wrong and something not looked at. */
export function exitOf(diagnoses: readonly Diagnosis[]): 0 | 1 | 2 {
  if (diagnoses.some(({ status }) => status === "fail" || status === "warn")) return 1;
  return diagnoses.some(({ status }) => status === "unknown") ? 2 : 0;
}
