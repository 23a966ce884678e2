import { quote } from "../text";

/** What an entry of a roster folder is, by its name: a part of the roster, of no matter, or what somebody takes for a part of it. */
export function roleOfName(name: string, isFolder: boolean): "part" | "other" | "ignored" {
  if (name.startsWith(".")) return "other";
  if (isFolder) return "ignored";
  if (/\.ya?ml$/.test(name)) return "part";
  return /\.ya?ml(\W|$)/i.test(name) ? "ignored" : "other";
}

/** People in a file that is not read would be removed: it is refused instead. */
export function ignoredText(name: string): string {
  return `${quote(name)} would be ignored: a roster folder holds .yaml files and nothing below; move or rename it`;
}

export const TWO_ROSTERS =
  "there is also a folder roster/, and only one of the two can be the roster; remove one, or name one with --roster";
export const NOT_REGULAR = "is not a regular file; remove it or name another";
