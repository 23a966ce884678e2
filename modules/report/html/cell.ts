import { heldText } from "../held-text";
import type { Shade } from "../picture/marks";
import type { Cell, Held } from "../picture/picture";
import { escapeHtml } from "./escape";

/** Class of each shade in the style sheet. */
export const SHADE_CLASS: Readonly<Record<Shade, string>> = {
  administrator: "ta",
  operator: "to",
  own: "tx",
  spectator: "ts",
};

/** One cell of the table: a letter and a shade for the eye, words for everybody else. `data-t` has every letter before and now. */
export function renderCell(cell: Cell, classes: string): string {
  const { held, change } = cell;
  const letters = lettersOf(cell);
  const own = classes === "" ? "" : ` class="${classes}"`;
  if (letters.length === 0) return `<td${own}>`;
  const data = escapeHtml([...new Set(letters)].join(" "));
  const mark = `<b class="${markClasses(cell)}" aria-hidden=true>${markText(cell)}</b>`;
  const words = change === undefined ? heldText(held) : changeWords(change.kind, change.before, held);
  return `<td${own} data-t="${data}">${mark}<i>${escapeHtml(words)}</i>`;
}

function lettersOf({ held, change }: Cell): readonly string[] {
  return [...held, ...(change?.before ?? [])].map(({ mark }) => mark.letter);
}

function markClasses({ held, change }: Cell): string {
  const top = held[0] ?? change?.before[0];
  const classes = [top === undefined ? "" : SHADE_CLASS[top.mark.shade]];
  if (change !== undefined) classes.push(change.kind);
  const own = held.flatMap(({ ways }) => ways.filter(({ team }) => team === undefined));
  if (own.length > 0) classes.push(own.every(({ until }) => until !== undefined) ? "own ends" : "own");
  return classes.join(" ");
}

/** `O`, `O+` with further tiers, `+O` gained, struck `O` lost, `S→O` changed, `O~` when only its end or a further tier did. */
function markText({ held, change }: Cell): string {
  const now = letters(held);
  if (change === undefined) return now;
  const before = letters(change.before);
  if (change.kind === "gained") return `<u>+</u>${now}`;
  if (change.kind === "lost") return `<s>${before}</s>`;
  return before === now ? `${now}<u>~</u>` : `<s>${before}</s><u>→</u>${now}`;
}

/** The letter of the strongest tier; a raised plus when there are more. */
function letters(held: readonly Held[]): string {
  return `${escapeHtml(held[0]?.mark.letter ?? "")}${held.length > 1 ? "<sup>+</sup>" : ""}`;
}

function changeWords(kind: string, before: readonly Held[], now: readonly Held[]): string {
  if (kind === "gained") return `gained: ${heldText(now)}`;
  return kind === "lost" ? `lost: ${heldText(before)}` : `changed: ${heldText(now)} instead of ${heldText(before)}`;
}
