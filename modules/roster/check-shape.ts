import type { Finding, Place } from "../finding";
import { didYouMean, quote } from "../text";
import type { Schema } from "./schema";
import { isMap, isScalar, isSeq } from "yaml";
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
  const findings: Finding[] = [];
  const add = (code: string, place: Place, message: string) =>
    findings.push({ code, severity: "error", place, message });

  function locate(node: unknown, rule: Schema, where: string): LocatedValue {
    const place = file.place(node);
    if (rule.type === "object") return locateMap(node, rule, where, place);
    if (rule.type === "array") {
      if (!isSeq(node)) {
        add("wrong-type", place, `${where} must be a list; write [a, b]`);
        return { place, list: [] };
      }
      return {
        place,
        list: node.items.map((item) => locate(item, rule.items ?? { type: "string" }, `an entry of ${where}`)),
      };
    }
    return rule.type === "integer" ? locateNumber(node, rule, where, place) : locateText(node, rule, where, place);
  }

  function locateNumber(node: unknown, rule: Schema, where: string, place: Place): LocatedValue {
    const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = rule;
    const number = isScalar(node) ? node.value : undefined;
    if (typeof number === "number" && Number.isInteger(number) && number >= minimum && number <= maximum)
      return { place, text: String(number) };
    add("wrong-type", place, `${where} must be a whole number from ${minimum} to ${maximum}, without quotes`);
    return { place };
  }

  function locateText(node: unknown, rule: Schema, where: string, place: Place): LocatedValue {
    if (!isScalar(node) || node.value === null) {
      add("wrong-type", place, `${where} must be text${rule["x-what"] ? `: ${rule["x-what"]}` : ""}`);
      return { place };
    }
    const text = sourceText(node);
    const quoted = typeof node.value === "string";
    if (rule.pattern !== undefined && rule["x-rule"] !== true && !new RegExp(rule.pattern, "u").test(text)) {
      const code = quoted ? "wrong-value" : "wrong-type";
      add(code, place, `${where} cannot be ${quote(text)}; give ${rule["x-what"] ?? "another"}`);
      return { place };
    }
    if (!quoted) {
      const message = `${where} must be text, and ${quote(text)} without quotes is a ${typeof node.value}; put it in quotes`;
      add("wrong-type", place, message);
      return { place };
    }
    const length = [...text].length;
    if (length < (rule.minLength ?? 0)) add("wrong-value", place, `${where} is empty; give it or leave it out`);
    if (length > (rule.maxLength ?? Number.POSITIVE_INFINITY))
      add("wrong-value", place, `${where} has ${length} characters, and ${rule.maxLength} are allowed; shorten it`);
    return { place, text };
  }

  function locateMap(node: unknown, rule: Schema, where: string, place: Place): LocatedValue {
    const map = new Map<string, LocatedEntry>();
    if (!isMap(node)) {
      add("wrong-type", place, `${where} must be a mapping of names to values; write {} for none`);
      return { place, map };
    }
    const known = Object.keys(rule.properties ?? {});
    for (const pair of node.items) {
      const key = keyText(pair) ?? "";
      const keyPlace = file.place(pair.key);
      const first = map.get(key);
      if (first) {
        add(
          "duplicate-key",
          keyPlace,
          `${quote(key)} is here twice, first at ${first.keyPlace.file}:${first.keyPlace.line}:${first.keyPlace.column}; keep one`,
        );
        continue;
      }
      const inner = Object.hasOwn(rule.properties ?? {}, key)
        ? rule.properties?.[key]
        : rule.additionalProperties || undefined;
      if (!inner) {
        add(
          "unknown-key",
          keyPlace,
          `unknown key ${quote(key)} in ${where}${didYouMean(key, known) || `; known are ${known.join(", ")}`}`,
        );
        continue;
      }
      map.set(key, { keyPlace, value: locate(pair.value, inner, known.includes(key) ? key : quote(key)) });
    }
    for (const key of rule.required ?? []) {
      if (!map.has(key)) add("missing-key", place, `${where} has no ${quote(key)}; add it`);
    }
    if (map.size < (rule.minProperties ?? 0) || map.size > (rule.maxProperties ?? Number.POSITIVE_INFINITY)) {
      add(
        "wrong-value",
        place,
        `${where} needs ${rule.maxProperties === 1 ? "exactly" : "at least"} one of ${known.join(", ")}`,
      );
    }
    return { place, map };
  }

  return { value: locate(file.root, schema, what), findings };
}
