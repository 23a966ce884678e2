/** Text with wildcards as numbers: UTF-16 code units, and the two wildcards below zero. */
export type Glob = readonly number[];

/** `*`: any text, also none. */
export const ANY_TEXT = -1;
/** `?`: exactly one character. */
export const ANY_CHARACTER = -2;

export function literal(text: string): Glob {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** Text in which `*` and `?` are wildcards. */
export function globOf(text: string): Glob {
  return literal(text).map((unit) => (unit === 42 ? ANY_TEXT : unit === 63 ? ANY_CHARACTER : unit));
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
    const token = glob[at];
    if (token === ANY_TEXT) {
      star = at++;
      taken = read;
    } else if (token === ANY_CHARACTER || token === text.charCodeAt(read)) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++taken;
    } else {
      return false;
    }
  }
  while (glob[at] === ANY_TEXT) at++;
  return at === glob.length;
}

/** The same test as {@link matchGlob}, prepared: text without wildcards and text with one `*` at the end are compared as strings. */
export function matcherOf(glob: Glob): (text: string) => boolean {
  const wildcards = glob.filter((token) => token < 0);
  if (wildcards.length === 0) {
    const exact = String.fromCharCode(...glob);
    return (text) => text === exact;
  }
  if (wildcards.length === 1 && glob.at(-1) === ANY_TEXT) {
    const start = String.fromCharCode(...glob.slice(0, -1));
    return (text) => text.startsWith(start);
  }
  return (text) => matchGlob(glob, text);
}
