import type { Checked } from "../../modules/finding";
import { parseRoster } from "../../modules/roster/parse";
import type { Roster } from "../../modules/roster/roster";
import { NOW } from "./synth";

/** What parsing says of this text, as the file roster.yaml. */
export function parseText(text: string | Uint8Array): Checked<Roster> {
  return parseRoster([{ path: "roster.yaml", bytes: typeof text === "string" ? Buffer.from(text) : text }], NOW);
}

/** The roster of a text that holds; throws with its findings otherwise. */
export function rosterOf(text: string): Roster {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

/** Each finding as `line:column severity code`. */
export function briefly({ findings }: Checked<Roster>): readonly string[] {
  return findings.map(({ place, severity, code }) => `${place.line}:${place.column} ${severity} ${code}`);
}
