import type { Finding, Place } from "../finding";
import { didYouMean, quote } from "../text";
import type { Schema } from "./schema";
import { isMap, isScalar, isSeq, type Pair } from "yaml";
import { keyText, sourceText } from "./nodes";
import type { ParsedFile } from "./source";

/** A value of the roster with its places: what the rules read. */
export interface LocatedValue {
  readonly place: Place;
  readonly text?: string;
  readonly list?: readonly LocatedValue[];
  readonly map?: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  readonly keyPlace: Place;
  readonly value: LocatedValue;
}

/** The file's content by the schema: a located value, and every place where it does not fit. */
export function checkShape(
  file: ParsedFile,
  schema: Schema,
  what = "the roster",
): { readonly value: LocatedValue; readonly findings: readonly Finding[] } {
  const reader = new ShapeReader(file);
  const value = reader.locate(file.root, schema, what);
  return { value, findings: reader.findings };
}

/** Reads nodes of one file by rules of the schema. `where` says in messages what a node is. */
class ShapeReader {
  readonly findings: Finding[] = [];
  readonly #file: ParsedFile;

  constructor(file: ParsedFile) {
    this.#file = file;
  }

  locate(node: unknown, rule: Schema, where: string): LocatedValue {
    const place = this.#file.place(node);
    switch (rule.type) {
      case "object":
        return this.#map(node, rule, where, place);
      case "array":
        return this.#list(node, rule, where, place);
      case "integer":
        return this.#number(node, rule, where, place);
      default:
        return this.#text(node, rule, where, place);
    }
  }

  #add(code: string, place: Place, message: string): void {
    this.findings.push({ code, severity: "error", place, message });
  }

  #list(node: unknown, { items = { type: "string" } }: Schema, where: string, place: Place): LocatedValue {
    if (isSeq(node)) return { place, list: node.items.map((item) => this.locate(item, items, `an entry of ${where}`)) };
    this.#add("wrong-type", place, `${where} must be a list; write [a, b]`);
    return { place, list: [] };
  }

  #number(node: unknown, rule: Schema, where: string, place: Place): LocatedValue {
    const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = rule;
    const number = isScalar(node) ? node.value : undefined;
    if (typeof number === "number" && Number.isInteger(number) && number >= minimum && number <= maximum)
      return { place, text: String(number) };
    this.#add("wrong-type", place, `${where} must be a whole number from ${minimum} to ${maximum}, without quotes`);
    return { place };
  }

  #text(node: unknown, rule: Schema, where: string, place: Place): LocatedValue {
    const what = rule["x-what"];
    if (!isScalar(node) || node.value === null) {
      this.#add("wrong-type", place, `${where} must be text${what ? `: ${what}` : ""}`);
      return { place };
    }
    const text = sourceText(node);
    const quoted = typeof node.value === "string";
    if (rule.pattern !== undefined && rule["x-rule"] !== true && !new RegExp(rule.pattern, "u").test(text)) {
      const code = quoted ? "wrong-value" : "wrong-type";
      this.#add(code, place, `${where} cannot be ${quote(text)}; give ${what ?? "another"}`);
      return { place };
    }
    if (!quoted) {
      const message = `${where} must be text, and ${quote(text)} without quotes is a ${typeof node.value}; put it in quotes`;
      this.#add("wrong-type", place, message);
      return { place };
    }
    this.#length([...text].length, rule, where, place);
    return { place, text };
  }

  #length(
    length: number,
    { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema,
    where: string,
    place: Place,
  ) {
    if (length < minLength) this.#add("wrong-value", place, `${where} is empty; give it or leave it out`);
    if (length > maxLength) {
      const message = `${where} has ${length} characters, and ${maxLength} are allowed; shorten it`;
      this.#add("wrong-value", place, message);
    }
  }

  #map(node: unknown, rule: Schema, where: string, place: Place): LocatedValue {
    const map = new Map<string, LocatedEntry>();
    if (!isMap(node)) {
      this.#add("wrong-type", place, `${where} must be a mapping of names to values; write {} for none`);
      return { place, map };
    }
    for (const pair of node.items) this.#entry(map, pair, rule, where);
    for (const key of rule.required ?? [])
      if (!map.has(key)) this.#add("missing-key", place, `${where} has no ${quote(key)}; add it`);
    const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = rule;
    if (map.size < minProperties || map.size > maxProperties) {
      const count = maxProperties === 1 ? "exactly" : "at least";
      this.#add("wrong-value", place, `${where} needs ${count} one of ${knownKeys(rule).join(", ")}`);
    }
    return { place, map };
  }

  #entry(map: Map<string, LocatedEntry>, pair: Pair, rule: Schema, where: string): void {
    const key = keyText(pair) ?? "";
    const keyPlace = this.#file.place(pair.key);
    const known = knownKeys(rule);
    const first = map.get(key)?.keyPlace;
    if (first !== undefined) {
      const message = `${quote(key)} is written twice, first at ${first.file}:${first.line}:${first.column}; keep one`;
      this.#add("duplicate-key", keyPlace, message);
      return;
    }
    const inner = known.includes(key) ? rule.properties?.[key] : rule.additionalProperties || undefined;
    if (!inner) {
      const cure = didYouMean(key, known) || `; known are ${known.join(", ")}`;
      this.#add("unknown-key", keyPlace, `unknown key ${quote(key)} in ${where}${cure}`);
      return;
    }
    map.set(key, { keyPlace, value: this.locate(pair.value, inner, known.includes(key) ? key : quote(key)) });
  }
}

function knownKeys({ properties = {} }: Schema): readonly string[] {
  return Object.keys(properties);
}
