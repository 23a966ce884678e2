import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A change of the roster in `cases/base.yaml`, and all that is said of it. */
export interface ChangeCase {
  readonly name: string;
  /** Edits of both sides: each the first place of a text, and what stands there instead. */
  readonly before?: readonly (readonly [string, string])[];
  readonly change: readonly (readonly [string, string])[];
  /** `direction: sentence`, in order. */
  readonly expected: readonly string[];
  /** With what the policies of both sides come to. */
  readonly policies?: boolean;
}

export const CASES = JSON.parse(readFileSync(join(__dirname, "cases/changes.json"), "utf8")) as readonly ChangeCase[];

const BASE = readFileSync(join(__dirname, "cases/base.yaml"), "utf8");

/** The text of the base and of the head. */
export function textsOf({ before = [], change }: ChangeCase): readonly [base: string, head: string] {
  const base = edited(BASE, before);
  return [base, edited(base, change)];
}

function edited(text: string, edits: ChangeCase["change"]): string {
  return edits.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, text);
}
