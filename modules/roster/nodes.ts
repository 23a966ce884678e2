import { isScalar, type Pair, type Scalar, visit, type YAMLMap } from "yaml";
import type { Finding, Place } from "../finding";
import { quote } from "../text";
import { invisibleIn } from "./characters";

const RESERVED_KEYS = ["__proto__", "constructor", "prototype"];

/** Keys and values that are well-formed YAML and yet no part of a roster, wherever they stand. */
export function forbiddenNodes(root: YAMLMap, place: (node: unknown) => Place): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (node: unknown, [code, message]: readonly [string, string]) =>
    findings.push({ code, severity: "error", place: place(node), message });
  visit(root, {
    Scalar: (_, node) => {
      const hidden = typeof node.value === "string" ? invisibleIn(node.value) : undefined;
      if (hidden) refuse(node, ["hostile-character", hiddenMessage(node, hidden)]);
    },
    Pair: (_, pair) => {
      const trouble = keyTrouble(pair);
      if (trouble) refuse(pair.key ?? pair.value, trouble);
    },
  });
  return findings;
}

function hiddenMessage(node: Scalar, hidden: string): string {
  const value = quote(sourceText(node));
  if (hidden === "\n") return `${value} has a line break; write it on one line`;
  return `${value} holds the invisible or control character ${quote(hidden)}; delete it`;
}

function keyTrouble(pair: Pair): readonly [string, string] | undefined {
  const key = keyText(pair);
  if (key === undefined) return ["bad-key", "this key is not plain text; write a name"];
  if (key === "") return ["bad-key", "this key is empty; write a name before the colon"];
  if (key === "<<") return ["yaml-merge", "YAML merge keys are not allowed; write the values out"];
  if (RESERVED_KEYS.includes(key)) return ["reserved-word", `${quote(key)} cannot be a name; choose another`];
  return undefined;
}

/** A mapping key's text as written, `undefined` when it is not a scalar. */
export function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) ? sourceText(pair.key) : undefined;
}

/** A scalar's text as written: `012345678901` keeps its zero. */
export function sourceText(scalar: Scalar): string {
  return typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value ?? ""));
}
