import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import type { Finding, Place } from "../finding";
import { quote } from "../text";

/** One file of the roster. `path` is what messages call it. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file as a YAML mapping whose nodes know their place. */
export interface ParsedFile {
  readonly path: string;
  readonly root: YAMLMap;
  readonly place: (node: unknown) => Place;
}

export type ParsedSource = { readonly file?: ParsedFile; readonly findings: readonly Finding[] };

/** Far above any roster: 5,000 people need about 1 MB. */
export const MAX_ROSTER_BYTES = 4_000_000;

const HOSTILE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const RESERVED_KEYS = ["__proto__", "constructor", "prototype"];

/** The file's text as nodes, or why it cannot be read. Aliases, tags and merge keys are refused before they are resolved. */
export function parseSource({ path, bytes }: SourceFile): ParsedSource {
  const at = (line: number, column: number, code: string, message: string): ParsedSource => ({
    findings: [{ code, severity: "error", place: { file: path, line, column }, message }],
  });
  if (bytes.byteLength > MAX_ROSTER_BYTES) {
    return at(
      1,
      1,
      "file-too-large",
      `the file has ${bytes.byteLength} bytes, and a roster may have ${MAX_ROSTER_BYTES}; is this the right file?`,
    );
  }
  const text = decode(bytes);
  if (text === undefined) return at(1, 1, "not-utf-8", "the file is not UTF-8 text; save it as UTF-8");
  const lines = new LineCounter();
  const place = (node: unknown): Place => placeOf(path, lines, node);
  const hostile = HOSTILE.exec(text);
  if (hostile) {
    const before = text.slice(0, hostile.index).split("\n");
    return at(
      before.length,
      (before.at(-1)?.length ?? 0) + 1,
      "hostile-character",
      `the invisible or control character ${quote(hostile[0])} is not allowed; delete it`,
    );
  }
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: false,
    strict: true,
    merge: false,
    logLevel: "silent",
  });
  if (!Array.isArray(documents) || documents.length === 0)
    return at(1, 1, "empty-roster", "the file is empty; begin with organization:");
  const [document, second] = documents;
  if (second)
    return at(
      placeOf(path, lines, second.contents).line,
      1,
      "several-documents",
      "a second document begins here; keep one, or use a folder of files",
    );
  const errors = document?.errors ?? [];
  if (errors.length > 0) {
    return {
      findings: errors.slice(0, 20).map((error): Finding => {
        const { line, col } = lines.linePos(error.pos[0]);
        const message = `not valid YAML: ${quote(error.message.split("\n")[0] ?? "")}; check indentation, colons and quotes`;
        return {
          code: "yaml-syntax",
          severity: "error",
          place: { file: path, line: Math.max(line, 1), column: Math.max(col, 1) },
          message,
        };
      }),
    };
  }
  const root = document?.contents;
  if (!isMap(root)) return at(1, 1, "not-a-mapping", "the file is not a mapping; begin with organization:");
  const findings = forbiddenNodes(root, place);
  return findings.length > 0 ? { findings } : { file: { path, root, place }, findings };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

function placeOf(path: string, lines: LineCounter, node: unknown): Place {
  const range = (node as Node | undefined)?.range;
  const { line, col } = range ? lines.linePos(range[0]) : { line: 1, col: 1 };
  return { file: path, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function forbiddenNodes(root: YAMLMap, place: (node: unknown) => Place): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (node: unknown, code: string, message: string) =>
    findings.push({ code, severity: "error", place: place(node), message });
  visit(root, {
    Alias: (_, node) => void refuse(node, "yaml-alias", "YAML aliases are not allowed; write the value out"),
    Node: (_, node, ancestors) => {
      if ("anchor" in node && node.anchor)
        refuse(node, "yaml-anchor", "YAML anchors are not allowed; write the value out");
      if (node.tag !== undefined) refuse(node, "yaml-tag", `the YAML tag ${quote(node.tag)} is not allowed; remove it`);
      if (ancestors.length > 24) {
        refuse(node, "yaml-depth", "the file is nested too deeply");
        return visit.BREAK;
      }
      return undefined;
    },
    Pair: (_, pair) => {
      const key = keyText(pair);
      if (key === undefined) refuse(pair.key, "bad-key", "this key is not plain text; write a name");
      else if (key === "<<") refuse(pair.key, "yaml-merge", "YAML merge keys are not allowed; write the values out");
      else if (RESERVED_KEYS.includes(key))
        refuse(pair.key, "reserved-word", `${quote(key)} cannot be a name; choose another`);
    },
  });
  return findings;
}

/** A mapping key's text as written, `undefined` when it is no scalar. */
export function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) ? sourceText(pair.key) : undefined;
}

/** A scalar's text as written: `012345678901` keeps its zero. */
export function sourceText(scalar: Scalar): string {
  return typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value ?? ""));
}

export { isMap, isScalar, isSeq };
