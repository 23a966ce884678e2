import { quote } from "../../text";
import { fillTemplate, fixedGlob, parseTemplate, Problem } from "../template";
import { ANY_TEXT, type Glob, matchGlob } from "../glob";
import { NO, type Truth, UNKNOWN, YES } from "../truth";
import type { ReadValue } from "./value-test";

const PARTS = 6;

/**
 * `ArnEquals` and `ArnLike` do the same: each of the six parts is compared on its own, with case, with wildcards. The
 * last part holds all further colons. Source: IAM User Guide, "Condition operators", "Amazon Resource Name (ARN) condition operators".
 */
export const readArn: ReadValue = (value, version) => {
  const template = parseTemplate(value, version, true);
  if (template instanceof Problem) return template;
  const fixed = fixedGlob(template);
  if (fixed) {
    const parts = partsOf(fixed);
    return parts ? (given) => matchParts(parts, given) : new Problem(`${quote(value)} is not an ARN`);
  }
  return (given, facts) => {
    const filled = fillTemplate(template, facts);
    if (filled === NO || filled === UNKNOWN) return filled;
    const parts = partsOf(filled.join(ANY_TEXT));
    return parts ? matchParts(parts, given) : UNKNOWN;
  };
};

function matchParts(parts: readonly Glob[], given: string): Truth {
  const texts = partsOf(given);
  if (!texts) return UNKNOWN;
  for (const [at, part] of parts.entries()) if (!matchGlob(part, texts[at] ?? "")) return NO;
  return YES;
}

/** The six parts of an ARN or of a glob of one. */
function partsOf(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let start = 0;
  while (parts.length < PARTS - 1) {
    const colon = text.indexOf(":", start);
    if (colon < 0) return undefined;
    parts.push(text.slice(start, colon));
    start = colon + 1;
  }
  parts.push(text.slice(start));
  return parts;
}
