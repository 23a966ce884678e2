import { fillTemplate, parseTemplate, Problem, type Template, templateTest } from "../template";
import { NO, truthOf, UNKNOWN } from "../truth";
import type { ReadValue, ValueTest } from "./value-test";

/** `StringEquals`: the whole text, with case; `*` is only a character. */
export const readEquals: ReadValue = (value, version) => testOf(parseTemplate(value, version, false));

/** `StringLike`: with case, `*` and `?` are wildcards. */
export const readLike: ReadValue = (value, version) => testOf(parseTemplate(value, version, true));

/** `StringEqualsIgnoreCase`. */
export const readEqualsIgnoreCase: ReadValue = (value, version) => {
  const template = parseTemplate(value, version, false);
  if (template instanceof Problem) return template;
  return (given, facts) => {
    const filled = fillTemplate(template, facts);
    if (filled === NO || filled === UNKNOWN) return filled;
    return truthOf(filled.join("").toLowerCase() === given.toLowerCase());
  };
};

function testOf(template: Template | Problem): ValueTest | Problem {
  return template instanceof Problem ? template : templateTest(template, NO);
}
