import { quote } from "../../text";
import { countOf } from "../../words";
import type { AccessChange } from "../access-change";

/** Paths of code that differ between two sides, sorted. */
export interface CodeFiles {
  /** What these make of the roster is in the synth outputs. */
  readonly synthesized: readonly string[];
  /** No document shows what these do. */
  readonly running: readonly string[];
}

/**
 * What other code between two sides means. Of code that makes policies nobody knows, unless what each side's own code synthesizes
 * is at hand and compared. Other code runs with somebody's rights: who writes it has them. `undefined` when git could not tell.
 */
export function codeChanges(files: CodeFiles | undefined, synthesized: boolean): readonly AccessChange[] {
  if (files === undefined) return [{ direction: "unknown", sentence: "git cannot tell whether code changed" }];
  return [...policyCode(files.synthesized, synthesized), ...runningCode(files.running)];
}

function policyCode(files: readonly string[], synthesized: boolean): readonly AccessChange[] {
  if (files.length === 0) return [];
  const how = synthesized
    ? "it is judged by what both sides synthesized"
    : "to have it judged, synthesize both sides and give --base-synth and --head-synth";
  const sentence = `the code that makes the policies changed (${named(files)}); ${how}`;
  return [{ direction: synthesized ? "neutral" : "unknown", sentence }];
}

function runningCode(files: readonly string[]): readonly AccessChange[] {
  if (files.length === 0) return [];
  const what = countOf(files.length, "file that runs", "files that run");
  const sentence = `${what} with the rights of whoever reviews, plans, applies or takes roles changed (${named(files)}); no document shows what code does: read it`;
  return [{ direction: "widening", sentence }];
}

const SHOWN = 3;

function named(files: readonly string[]): string {
  const shown = files.slice(0, SHOWN).map(quote).join(", ");
  return files.length > SHOWN ? `${shown} and ${files.length - SHOWN} more` : shown;
}
