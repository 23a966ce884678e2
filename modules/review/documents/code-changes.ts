import { quote } from "../../text";
import { countOf } from "../../words";
import type { AccessChange } from "../access-change";
import type { CodeFile } from "./code/judge-files";

/**
 * What changed code means. All of it runs with somebody's rights: who writes it has them, whatever it makes of the policies. What
 * it makes of them nobody knows, unless what each side's own code synthesizes is at hand and compared. `undefined` when git
 * could not tell what changed.
 */
export function codeChanges(files: readonly CodeFile[] | undefined, synthesized: boolean): readonly AccessChange[] {
  if (files === undefined)
    return [{ direction: "unknown", kind: "code-unknown", sentence: "git cannot tell whether code changed" }];
  return [
    ...policyCode(
      files.filter(({ policies }) => policies),
      synthesized,
    ),
    ...runningCode(files),
  ];
}

function policyCode(files: readonly CodeFile[], synthesized: boolean): readonly AccessChange[] {
  if (files.length === 0) return [];
  if (synthesized) {
    const sentence = `code that may make the policies changed (${named(files)}); what becomes of the policies is judged by what both sides synthesized`;
    return [{ direction: "neutral", kind: "policy-code-judged", sentence }];
  }
  const sentence = `code that may make the policies changed (${named(files)}); to have them judged, synthesize both sides and give --base-synth and --head-synth`;
  return [{ direction: "unknown", kind: "policy-code-changed", sentence }];
}

/** One change for each reason, the project's own files first. */
function runningCode(files: readonly CodeFile[]): readonly AccessChange[] {
  const reasons = [...new Set(files.map(({ reason = "" }) => reason))].sort();
  return reasons.map((reason): AccessChange => {
    const these = files.filter((file) => (file.reason ?? "") === reason);
    const what = countOf(these.length, "file that runs", "files that run");
    const why = reason === "" ? "" : ` (${reason})`;
    const sentence = `${what} with the rights of whoever reviews, plans, applies or takes roles changed (${named(these)}); no document shows what code does: read it${why}`;
    return { direction: "widening", kind: "code-changed", sentence };
  });
}

const SHOWN = 3;

function named(files: readonly CodeFile[]): string {
  const shown = files
    .slice(0, SHOWN)
    .map(({ path }) => quote(path))
    .join(", ");
  return files.length > SHOWN ? `${shown} and ${files.length - SHOWN} more` : shown;
}
