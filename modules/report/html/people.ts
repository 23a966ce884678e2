import { countOf } from "../../words";
import { isPresent } from "../picture/build";
import type { Row } from "../picture/picture";

/** `7 people`; with a base `7 people and 1 who left`. The page's script writes the same of what it shows. */
export function peopleCountText(rows: readonly Row[]): string {
  const present = rows.filter(isPresent).length;
  return countOf(present, "person", "people") + goneText(rows.length - present, "who left");
}

/** ` and 2 gone` of what only the base has; nothing for none. */
export function goneText(gone: number, what: string): string {
  return gone === 0 ? "" : ` and ${countOf(gone, what, what)}`;
}
