import type { AccessChange } from "../access-change";
import type { CodeFile } from "./judge-files";

/**
 * What changed code means. All of it runs with somebody's rights: who writes it has them, whatever it makes of the policies. What
 * it makes of them nobody knows, unless what each side's own code synthesizes is at hand and compared. `undefined` when git
 * could not tell what changed.
 */
export function codeChanges(files: readonly CodeFile[] | undefined, synthesized: boolean): readonly AccessChange[] {
  if (files === undefined) return [{ direction: "unknown", kind: "code-unknown" }];
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
  const paths = files.map(({ path }) => path);
  return synthesized
    ? [{ direction: "neutral", kind: "policy-code-judged", files: paths }]
    : [{ direction: "unknown", kind: "policy-code-changed", files: paths }];
}

/** One change for each reason, the project's own files first. */
function runningCode(files: readonly CodeFile[]): readonly AccessChange[] {
  const reasons = [...new Set(files.map(({ reason = "" }) => reason))].sort();
  return reasons.map((reason): AccessChange => {
    const these = files.filter((file) => (file.reason ?? "") === reason).map(({ path }) => path);
    return { direction: "widening", kind: "code-changed", files: these, reason: reason === "" ? undefined : reason };
  });
}
