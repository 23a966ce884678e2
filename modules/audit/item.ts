/** One line of an audit. */
export interface AuditItem {
  /** Key of the account. */
  readonly account: string;
  /** Stable kebab-case name of the check. */
  readonly check: string;
  /** What of it, kebab-case, where a check says several things: `open-to-anybody`. */
  readonly code?: string;
  /** `finding`: wrong; `unknown`: could not be read or judged, which is never a pass; `note`: worth knowing, and not wrong. */
  readonly kind: "finding" | "unknown" | "note";
  /** What is true, one line, lower case; names are quoted. */
  readonly message: string;
  readonly cure: string;
}
