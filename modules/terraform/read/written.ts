import { isRecord } from "../../text";
import { someTemplate, unescapeTemplate } from "./escape";

/**
 * What Terraform's JSON syntax says, as literals: null is absent, `//` is a comment, and text is as Terraform evaluates it. A
 * template stays as it is written, and its place goes to `unknowns`: what it comes to only Terraform knows.
 */
export function literalOf(value: unknown, place: string, unknowns: string[]): unknown {
  if (typeof value === "string") return literalText(value, place, unknowns);
  if (Array.isArray(value)) return value.map((each) => literalOf(each ?? null, place, unknowns));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => key !== "//" && inner !== null && inner !== undefined)
      .map(([key, inner]) => [key, literalOf(inner, `${place}.${key}`, unknowns)]),
  );
}

function literalText(text: string, place: string, unknowns: string[]): string {
  if (!someTemplate(text)) return unescapeTemplate(text);
  unknowns.push(`${place} is an expression`);
  return text;
}

/** Blocks of the AWS provider: one body or a list of bodies, and an empty list is none. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...["assume_role", "assume_role_with_web_identity", "default_tags", "endpoints", "ignore_tags"],
]);

/** Settings of a provider in one shape: each block a list of bodies, and no block no setting. */
export function providerSettings(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
      if (!BLOCKS.has(key)) return [[key, value]];
      const bodies = (Array.isArray(value) ? value : [value]).filter((body) => body !== null);
      return bodies.length === 0 ? [] : [[key, bodies]];
    }),
  );
}
