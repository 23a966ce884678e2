import { Refusal } from "../../refusal";
import { quote } from "../../text";

/**
 * A config file with at most one marked block, which alone is ours. Text is the file's bytes one to one (latin1), so that every
 * byte outside the block survives whatever its encoding.
 */
export interface MarkedFile {
  readonly before: string;
  /** Both marker lines included; absent when the file has no block. */
  readonly block?: Block;
  readonly after: string;
}

export interface Block {
  readonly text: string;
  /** What must be so again when the block goes. */
  readonly was: Was;
}

/** How the file was before the block: there at all, and ended with a line end or not. */
export type Was = "file" | "unended file" | "no file";

const BEGIN = "# >>> rolecall: generated, do not edit";
const END = "# <<< rolecall";
/** A line that one of us may have begun as a marker. */
const MARKER_LIKE = /^[ \t]*[#;]+[ \t]*(>>>|<<<)[ \t]*rolecall/i;
const WAS_LINE: Readonly<Record<Was, string>> = {
  file: "",
  "unended file": "# the line end above this block is part of it",
  "no file": "# there was no file before this block",
};

interface Line {
  readonly text: string;
  readonly start: number;
  /** Behind its line end. */
  readonly end: number;
  readonly number: number;
}

/** Reads a file. Throws with place and cure when the markers are not one whole pair: what is Rolecall's is then not known. */
export function readMarked(text: string, file: string): MarkedFile {
  const marks = linesOf(text).filter((line) => MARKER_LIKE.test(line.text));
  if (marks.length === 0) return { before: text, after: "" };
  const [begin, end, ...more] = marks;
  const damaged = marks.find((line) => line.text !== BEGIN && line.text !== END);
  if (damaged !== undefined) throw brokenMarker(file, damaged, "is a damaged marker of rolecall");
  if (begin?.text !== BEGIN) throw brokenMarker(file, begin, "ends a block of rolecall that does not begin");
  if (end === undefined) throw brokenMarker(file, begin, "begins a block of rolecall that does not end");
  if (end.text !== END) throw brokenMarker(file, end, "begins a block of rolecall inside another");
  if (more.length > 0) throw brokenMarker(file, more[0], "is a marker of a second block of rolecall");
  const block = text.slice(begin.start, end.end);
  return { before: text.slice(0, begin.start), block: { text: block, was: wasOf(block) }, after: text.slice(end.end) };
}

function brokenMarker(file: string, line: Line | undefined, what: string): Refusal {
  const cure = `delete by hand what rolecall has written (from ${quote(BEGIN)} to ${quote(END)}), or restore the backup next to the file`;
  return new Refusal(`${file}:${line?.number ?? 1}: this line ${what}; ${cure}. Nothing was changed`);
}

function wasOf(block: string): Was {
  const second = linesOf(block)[1]?.text;
  if (second === WAS_LINE["unended file"]) return "unended file";
  return second === WAS_LINE["no file"] ? "no file" : "file";
}

/**
 * The file with this content between the markers, in the place of the block it has, else at its end; `undefined` content and
 * text mean none. Content is latin1 of UTF-8, lines ended by `\n`; written with the line ends of the file.
 */
export function putBlock(text: string | undefined, content: string, file: string): string {
  const { before, block, after } = readMarked(text ?? "", file);
  const was: Was = block?.was ?? (text === undefined ? "no file" : isEnded(before) ? "file" : "unended file");
  // Of the block, where there is one: the line end above it may be ours.
  const lineEnd = /\r?\n/.exec(block?.text ?? before)?.[0] ?? "\n";
  const lines = `${BEGIN}\n${WAS_LINE[was] === "" ? "" : `${WAS_LINE[was]}\n`}${content}${END}\n`;
  const joint = block === undefined && was === "unended file" ? lineEnd : "";
  return `${before}${joint}${lines.replaceAll("\n", lineEnd)}${after}`;
}

/** The file as it was without the block; `undefined` when there was none and nothing else has come. */
export function removeBlock(text: string, file: string): string | undefined {
  const { before, block, after } = readMarked(text, file);
  if (block === undefined) return text;
  if (block.was === "no file" && before === "" && after === "") return undefined;
  // What was added behind the block must not become the end of the line before it.
  const joined = block.was === "unended file" && after === "";
  return joined ? before.slice(0, before.length - jointOf(before, block.text)) : `${before}${after}`;
}

/** Length of the line end that putBlock added: as the block's own lines end. */
function jointOf(before: string, block: string): number {
  if (before.endsWith("\r\n") && block.startsWith(`${BEGIN}\r\n`)) return 2;
  return before.endsWith("\n") ? 1 : 0;
}

function isEnded(text: string): boolean {
  return text === "" || text.endsWith("\n");
}

/** Lines as text without the line end and blanks before it, with where they are. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({ text: text.slice(start, end).trimEnd(), start, end, number: lines.length + 1 });
    start = end;
  }
  return lines;
}
