import { quote } from "../text";
import type { Trouble } from "./tokens";

const MAX_TROUBLES = 20;

/** Control, format (bidirectional, zero-width), surrogate and private characters, and Unicode's line breaks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
/** The same in a file, where tabs and line ends have their place; a lone carriage return hides text in a terminal. */
const INVISIBLE_IN_FILE = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\r(?!\n)/gu;

/** The bytes as UTF-8, a byte order mark left out; `undefined` for any other encoding and for NUL, which UTF-16 is full of. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** What a reviewer would not see in a file, comments included: the first 20. */
export function hostileCharacters(text: string): readonly Trouble[] {
  const found: Trouble[] = [];
  for (const { 0: character, index } of text.matchAll(INVISIBLE_IN_FILE)) {
    const message = `the invisible or control character ${quote(character)} is not allowed; delete it`;
    if (found.push({ offset: index, code: "hostile-character", message }) === MAX_TROUBLES) break;
  }
  return found;
}

/** The first such character of a value, as escapes like `"\u202e"` make them, too. */
export function invisibleIn(value: string): string | undefined {
  return INVISIBLE.exec(value)?.[0];
}
