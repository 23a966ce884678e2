import type { RequestFacts } from "./facts";
import { globOf, matchGlob } from "./glob";
import { NO, or, type Truth, YES } from "./truth";

/** The fields between the colons of an ARN; colons inside `${...}` do not cut. */
export type Fields = readonly string[];

export function fieldsOf(arn: string): Fields {
  const fields: string[] = [""];
  for (const piece of arn.split(/(\$\{[^}]*\}|:)/)) {
    if (piece === ":") fields.push("");
    else fields.push(`${fields.pop() ?? ""}${piece}`);
  }
  return fields;
}

/** True for a wildcard that stays within its field: a `?`, or a `*` that does not end it. */
export function hasInnerWildcard(field: string): boolean {
  return field.includes("?") || field.slice(0, -1).includes("*");
}

/**
 * Matches fields one by one and hands what is behind them to another test, nothing when the ARN ends with them. Each field takes
 * one field of the ARN; one that ends with `*` may take those behind it as well.
 */
export function matchFields(
  fields: Fields,
  rest: (text: string | undefined, facts: RequestFacts) => Truth,
): (text: string, facts: RequestFacts) => Truth {
  const globs = fields.map((field) => ({ glob: globOf(field), spans: field.endsWith("*") }));
  return (text, facts) => {
    const texts = text.split(":");
    const from = (at: number, read: number): Truth => {
      const field = globs[at];
      if (field === undefined) return rest(read < texts.length ? texts.slice(read).join(":") : undefined, facts);
      if (read >= texts.length || !matchGlob(field.glob, texts[read] ?? "")) return NO;
      let found = from(at + 1, read + 1);
      for (let more = read + 2; field.spans && found !== YES && more <= texts.length; more++)
        found = or(found, from(at + 1, more));
      return found;
    };
    return from(0, 0);
  };
}
