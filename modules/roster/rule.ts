import type { Finding, Place, Severity } from "../finding";
import { compareText } from "../text";
import type { Roster } from "./roster";
import type { Written } from "./written";

/** What must hold of a roster whose shape is right. A rule sees everything and never throws. */
export type Rule = (roster: Roster, now: Date, written: Written) => readonly Finding[];

/** A finding of one rule. */
export function finding(code: string, place: Place, message: string, severity: Severity = "error"): Finding {
  return { code, severity, place, message };
}

/** In the order of the files, so that of two equals the later one is called the second. */
export function inFileOrder<T extends { readonly place: Place }>(items: readonly T[]): readonly T[] {
  return [...items].sort(
    ({ place: a }, { place: b }) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}
