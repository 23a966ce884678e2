import { lineEnd, lineStart } from "./splice";

/*
 * Whose a comment on a line of its own is: indented deeper than an entry and below it, it is inside that entry; directly above
 * an entry, it is about that entry. YAML itself does not say.
 */

/** End of the last line that is the entry's: that of `end`, or of a comment below it that is indented deeper than `column`. */
export function ownEnd(text: string, end: number, column: number): number {
  let own = lineEnd(text, end);
  for (let at = text.indexOf("\n", own) + 1; at > 0; at = text.indexOf("\n", at) + 1) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^\s*$/.test(line)) continue;
    if (!line.trimStart().startsWith("#") || line.search(/\S/) <= column) break;
    own = at + line.length;
  }
  return own;
}

/** Start of the first of the comment lines directly above the line of `start`, or that line's own start. */
export function commentsStart(text: string, start: number): number {
  let first = lineStart(text, start);
  while (first > 0) {
    const above = lineStart(text, first - 1);
    if (!/^\s*#/.test(text.slice(above, first))) break;
    first = above;
  }
  return first;
}

/** Column of an offset, from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
