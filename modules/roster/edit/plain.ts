import { isMap, isScalar, isSeq, stringify } from "yaml";
import { keyText, sourceText } from "../nodes";

/** A node's meaning, without places or comments: scalars as written, mappings in the order of their keys. */
export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** Keys and list positions from the root. */
export type Path = readonly (string | number)[];

export function plainOf(node: unknown): Plain {
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [keyText(pair) ?? "", plainOf(pair.value)]));
  if (isSeq(node)) return node.items.map(plainOf);
  return isScalar(node) ? sourceText(node) : "";
}

/** As one writes it on one line: `{ account: production, tier: operator }`, `[developers]`. */
export function flowText(value: Plain): string {
  if (typeof value === "string") return scalarText(value);
  if (isList(value)) return `[${value.map(flowText).join(", ")}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${scalarText(key)}: ${flowText(inner)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** A scalar that reads back as this text anywhere in a roster, in quotes where YAML or a list on one line needs them. */
export function scalarText(value: string): string {
  return stringify([value], { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 })
    .trim()
    .slice(1, -1);
}

/** A copy; empty for anything else. */
export function mapOf(value: Plain | undefined): Record<string, Plain> {
  return typeof value === "object" && !isList(value) ? { ...value } : {};
}

/** The list; empty for anything else. */
export function listed(value: Plain | undefined): readonly Plain[] {
  return value !== undefined && isList(value) ? value : [];
}

/** Without what is not set, in the given order. */
export function settled(values: Readonly<Record<string, string | undefined>>): Plain {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, Plain][] => (value === undefined ? [] : [[key, value]])),
  );
}
