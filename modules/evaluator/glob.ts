/**
 * Text in which two characters that Unicode reserves for a program's own use stand for the wildcards, so that a star of the
 * text itself stays a star. Code that makes a glob keeps the two out of its text.
 */
export type Glob = string;

/** `*`: any text, also none. */
export const ANY_TEXT = "\uffff";
/** `?`: exactly one character. */
export const ANY_CHARACTER = "\ufffe";

const STAR = ANY_TEXT.charCodeAt(0);
const ONE = ANY_CHARACTER.charCodeAt(0);

/** False for text that would read as wildcards in a glob. */
export function isPlain(text: string): boolean {
  return !text.includes(ANY_TEXT) && !text.includes(ANY_CHARACTER);
}

/** Plain text in which `*` and `?` are wildcards. */
export function globOf(text: string): Glob {
  return text.replaceAll("*", ANY_TEXT).replaceAll("?", ANY_CHARACTER);
}

/**
 * True when the glob matches the whole text. Takes at most the product of both lengths: on a mismatch only the last `*`
 * takes one character more, which finds a match whenever there is one.
 */
export function matchGlob(glob: Glob, text: string): boolean {
  let at = 0;
  let read = 0;
  let star = -1;
  let taken = 0;
  while (read < text.length) {
    const token = at < glob.length ? glob.charCodeAt(at) : -1;
    if (token === STAR) {
      star = at++;
      taken = read;
    } else if (token === ONE || token === text.charCodeAt(read)) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++taken;
    } else {
      return false;
    }
  }
  while (at < glob.length && glob.charCodeAt(at) === STAR) at++;
  return at === glob.length;
}

/** A glob cut at its stars: what must begin the text, what must follow in order, what must end it. */
export type Pieces = readonly string[];

export function piecesOf(glob: Glob): Pieces {
  return glob.split(ANY_TEXT);
}

/** The same test as {@link matchGlob} without `?`: the first place where a piece fits leaves the most for those behind it. */
export function matchInOrder(pieces: Pieces, text: string): boolean {
  const [start = ""] = pieces;
  if (pieces.length === 1) return text === start;
  if (!text.startsWith(start)) return false;
  let read = start.length;
  for (let at = 1; at < pieces.length - 1; at++) {
    const piece = pieces[at] ?? "";
    const found = text.indexOf(piece, read);
    if (found < 0) return false;
    read = found + piece.length;
  }
  const end = pieces[pieces.length - 1] ?? "";
  return text.length - end.length >= read && text.endsWith(end);
}

/** {@link matchGlob} prepared for one glob. */
export function matcherOf(glob: Glob): (text: string) => boolean {
  if (isPlain(glob)) return (text) => text === glob;
  if (glob.includes(ANY_CHARACTER)) return (text) => matchGlob(glob, text);
  const pieces = piecesOf(glob);
  const [start = "", end] = pieces;
  const isPrefix = pieces.length === 2 && end === "";
  return isPrefix ? (text) => text.startsWith(start) : (text) => matchInOrder(pieces, text);
}
