import { compareText, visible } from "./text";

/** A place in a file: `line` and `column` count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = "error" | "warning";

/** What is wrong, where, and what to do. `message` is one line, lower case, no full stop; hostile text in it is escaped with `quote`. */
export interface Finding {
  /** Stable kebab-case name of the rule, for example `unknown-tier`. */
  readonly code: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: string;
}

/** A value, or every finding that is in its way. Warnings may accompany a value. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** True when at least one finding is an error. */
export function someError(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

/** Sorted by file, line, column, code, message: the order of every list of findings shown to a person. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareText(a.place.file, b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

/** `roster.yaml:12:15: unknown tier "operater"; did you mean "operator"?`, warnings marked as such. */
export function formatFinding({ place, severity, message }: Finding): string {
  const mark = severity === "warning" ? "warning: " : "";
  return `${formatPlace(place)}: ${mark}${message}`;
}

/** `roster.yaml:12:15`. Whoever writes a roster folder chooses its files' names. */
export function formatPlace({ file, line, column }: Place): string {
  return `${visible(file)}:${line}:${column}`;
}
