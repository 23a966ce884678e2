import { quote } from "../../text";
import { fillTemplate, fixedGlob, parseTemplate, Problem } from "../template";
import { type Glob, matchGlob } from "../glob";
import { NO, type Truth, truthOf, UNKNOWN } from "../truth";
import type { ReadValue } from "./value-test";

const COLON = 58;
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
    const parts = globParts(fixed);
    return parts ? (given) => matchParts(parts, given) : new Problem(`${quote(value)} is no ARN`);
  }
  return (given, facts) => {
    const filled = fillTemplate(template, facts);
    if (filled === NO || filled === UNKNOWN) return filled;
    const parts = globParts(filled);
    return parts ? matchParts(parts, given) : UNKNOWN;
  };
};

function matchParts(parts: readonly Glob[], given: string): Truth {
  const texts = textParts(given);
  if (!texts) return UNKNOWN;
  return truthOf(parts.every((part, at) => matchGlob(part, texts[at] ?? "")));
}

function globParts(glob: Glob): readonly Glob[] | undefined {
  const parts: Glob[] = [];
  let start = 0;
  for (let at = 0; at < glob.length && parts.length < PARTS - 1; at++) {
    if (glob[at] !== COLON) continue;
    parts.push(glob.slice(start, at));
    start = at + 1;
  }
  parts.push(glob.slice(start));
  return parts.length === PARTS ? parts : undefined;
}

function textParts(text: string): readonly string[] | undefined {
  const parts = text.split(":");
  return parts.length < PARTS ? undefined : [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(":")];
}
