/** `warn`: works, and should not stay so; `fail`: does not work, or is dangerous; `unknown`: could not be looked at. */
export type Status = "ok" | "warn" | "fail" | "unknown";

/** What one check found. `found` and `cure` are one line each, lower case, no full stop. */
export interface Diagnosis {
  readonly status: Status;
  readonly found: string;
  /** What to do; absent only when there is nothing to. */
  readonly cure?: string;
}
