import { quote } from "../../text";
import type { AccessChange } from "../access-change";

/**
 * What other code between two sides means: nobody knows, unless what each side's own code synthesizes is at hand and compared.
 * `files`: paths that differ, sorted; undefined when git could not tell.
 */
export function codeChanges(files: readonly string[] | undefined, synthesized: boolean): readonly AccessChange[] {
  const direction = synthesized ? "neutral" : "unknown";
  if (files === undefined)
    return [{ direction, sentence: "git cannot tell whether the code that makes the policies changed" }];
  const [first, ...others] = files;
  if (first === undefined) return [];
  const named = others.length === 0 ? quote(first) : `${quote(first)} and ${others.length} more`;
  const how = synthesized
    ? "it is judged by what both sides synthesized"
    : "to have it judged, synthesize both sides and give --base-synth and --head-synth";
  return [{ direction, sentence: `the code that makes the policies changed (${named}); ${how}` }];
}
