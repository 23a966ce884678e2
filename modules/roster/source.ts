import { Composer, type Document, isCollection, isMap, isScalar, LineCounter, Parser, type YAMLMap } from "yaml";
import type { Finding, Place } from "../finding";
import { quote } from "../text";
import { forbiddenNodes } from "./nodes";
import { decodeText, hostileCharacters } from "./characters";
import { forbiddenTokens, type Trouble } from "./tokens";

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

/** Far above any roster, all files together: 5,000 people need about 1 MB. */
export const MAX_ROSTER_BYTES = 4_000_000;

const MAX_SYNTAX_ERRORS = 20;

/** What is said of a file, or of all files together, of this size. */
export function tooLarge(bytes: number, files = 1): string {
  const given = files === 1 ? `the file has ${bytes} bytes` : `the ${files} files have ${bytes} bytes together`;
  return `${given}, and a roster may have ${MAX_ROSTER_BYTES}; is this the right ${files === 1 ? "file" : "folder"}?`;
}

/**
 * The file's text as nodes, or why it cannot be read. Each step runs only on what the steps before it let through, so that
 * nothing hostile reaches the YAML parser. `begin` is what a file of its kind may begin with.
 */
export function parseSource({ path, bytes }: SourceFile, begin = "organization:"): ParsedSource {
  const at = (text: string, troubles: readonly Trouble[]): ParsedSource => ({
    findings: troubles.map(({ offset, code, message }) => ({
      code,
      severity: "error",
      place: { file: path, ...positionOf(text, offset) },
      message,
    })),
  });
  const whole = (code: string, message: string) => at("", [{ offset: 0, code, message }]);
  if (bytes.byteLength > MAX_ROSTER_BYTES) return whole("file-too-large", tooLarge(bytes.byteLength));
  const text = decodeText(bytes);
  if (text === undefined) return whole("not-utf-8", "the file is not UTF-8 text; save it as UTF-8");
  const hostile = hostileCharacters(text);
  if (hostile.length > 0) return at(text, hostile);
  const forbidden = forbiddenTokens(text);
  if (forbidden.length > 0) return at(text, forbidden);

  const lines = new LineCounter();
  const [document, second] = compose(text, lines);
  if (!document) return whole("empty-roster", `the file is empty; begin with ${begin}`);
  if (document.errors.length > 0) return at(text, syntaxErrors(document));
  if (second) return at(text, [{ offset: second.range[0], code: "several-documents", message: SEVERAL }]);
  const root = document.contents;
  if (!isMap(root)) return whole("not-a-mapping", `the file is not a mapping; begin with ${begin}`);
  const place = (node: unknown): Place => placeOf(path, lines, node);
  const findings = forbiddenNodes(root, place);
  return findings.length > 0 ? { findings } : { file: { path, root, place }, findings };
}

const SEVERAL = "a second document begins here; keep one, or use a folder of files";

/** The first two documents; a third would be no news. */
function compose(text: string, lines: LineCounter): readonly Document.Parsed[] {
  const composer = new Composer({ uniqueKeys: false, strict: true, merge: false, logLevel: "silent" });
  const found: Document.Parsed[] = [];
  for (const document of composer.compose(new Parser(lines.addNewLine).parse(text))) {
    if (found.push(document as Document.Parsed) === 2) break;
  }
  return found;
}

function syntaxErrors({ errors }: Document.Parsed): readonly Trouble[] {
  return errors.slice(0, MAX_SYNTAX_ERRORS).map(({ pos, message }) => ({
    offset: pos[0],
    code: "yaml-syntax",
    message: `not valid YAML: ${quote(message.split("\n")[0] ?? "")}; check indentation, colons and quotes`,
  }));
}

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

function placeOf(file: string, lines: LineCounter, node: unknown): Place {
  const start = isScalar(node) || isCollection(node) ? node.range?.[0] : undefined;
  const { line, col } = start === undefined ? { line: 1, col: 1 } : lines.linePos(start);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}
