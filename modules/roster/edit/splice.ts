/** A replacement of `[start, end)`, in UTF-16 code units of the text before any edit. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all splices made; they must not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((a, b) => b.start - a.start || b.end - a.end);
  return ordered.reduce((whole, { start, end, text: put }) => whole.slice(0, start) + put + whole.slice(end), text);
}

/** How the file ends its lines, by its first line. */
export function lineBreak(text: string): "\r\n" | "\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the line break that ends the line, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const next = text.indexOf("\n", offset);
  if (next < 0) return text.length;
  return next > offset && text[next - 1] === "\r" ? next - 1 : next;
}

/** Characters before `offset` on its line when they are only blanks. */
export function indentBefore(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^ *$/.test(before) ? before : undefined;
}

/** Blanks up to the column of `offset`: what a line below it begins with to be under it. */
export function columnBlanks(text: string, offset: number): string {
  return " ".repeat(offset - lineStart(text, offset));
}

/** The splice that takes away whole lines, from that of `start` to that of `end`, with one line break. */
export function wholeLines(text: string, start: number, end: number): Splice {
  const from = lineStart(text, start);
  const to = lineEnd(text, end);
  if (to < text.length) return { start: from, end: to + (text[to] === "\r" ? 2 : 1), text: "" };
  const before = from === 0 ? 0 : from - (text[from - 2] === "\r" ? 2 : 1);
  return { start: before, end: to, text: "" };
}
