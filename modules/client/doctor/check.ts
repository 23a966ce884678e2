import type { Diagnosis } from "./diagnosis";
import type { DoctorFacts } from "./facts";

export type { Diagnosis } from "./diagnosis";

/** One question about a person's setup. Pure: everything it may know is in the facts. */
export interface Check {
  /** Stable kebab-case name. */
  readonly id: string;
  readonly examine: (facts: DoctorFacts) => readonly Diagnosis[];
}

/** A diagnosis with the name of its check. */
export interface Examined extends Diagnosis {
  readonly check: string;
}

export const ok = (found: string): Diagnosis => ({ status: "ok", found });
export const warn = (found: string, cure: string): Diagnosis => ({ status: "warn", found, cure });
export const fail = (found: string, cure: string): Diagnosis => ({ status: "fail", found, cure });
export const unclear = (found: string, cure: string): Diagnosis => ({ status: "unknown", found, cure });

/** 0 all well, 1 something to put right, 2 nothing found wrong and something not looked at. */
export function exitOf(diagnoses: readonly Diagnosis[]): 0 | 1 | 2 {
  if (diagnoses.some(({ status }) => status === "fail" || status === "warn")) return 1;
  return diagnoses.some(({ status }) => status === "unknown") ? 2 : 0;
}
