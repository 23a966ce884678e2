import { quote, visible } from "../text";

/** Text as one word for a POSIX shell, to be pasted; what does not print is only named, and no shell takes it. */
export function shellWord(text: string): string {
  if (visible(text) !== text) return quote(text);
  return /^[A-Za-z0-9_@%+=:,./~-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
