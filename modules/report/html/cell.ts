import { heldText } from "../held-text";
import { ownSign } from "../own-sign";
import type { Shade } from "../picture/marks";
import type { Cell, ChangeKind, PicturedTier } from "../picture/picture";
import { escapeHtml } from "../../text";

/** Class of each shade in the style sheet. */
export const SHADE_CLASS: Readonly<Record<Shade, string>> = {
  administrator: "ta",
  operator: "to",
  own: "tx",
  spectator: "ts",
};

/** What a change is called, in front of what is held now. */
export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  gained: "gained",
  wider: "wider",
  other: "changed",
  narrower: "narrower",
  lost: "lost",
};

/** After the letter of what is held now. */
const SIGNS: Readonly<Partial<Record<ChangeKind, string>>> = { wider: "↑", other: "~", narrower: "↓" };

/**
 * One cell of the table: a letter and a shade for the eye, words for everybody else. `data-t` has every letter before and now.
 * `narrow`: there is no room for the letter of before.
 */
export function renderCell(cell: Cell, classes: string, narrow: boolean): string {
  const { held, change } = cell;
  const letters = lettersOf(cell);
  const own = classes === "" ? "" : ` class="${classes}"`;
  if (letters.length === 0) return `<td${own}>`;
  const data = escapeHtml([...new Set(letters)].join(" "));
  const mark = `<b class="${markClasses(cell)}" aria-hidden=true>${markText(cell, narrow)}</b>`;
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
  const sign = ownSign(held);
  if (sign !== undefined) classes.push(sign === "ends" ? "own ends" : "own");
  return classes.join(" ");
}

/** `O`, `O+` with further tiers, `+O` gained, struck `O` lost; `O↑` wider, after a struck `S` where there is room for it. */
function markText({ held, change }: Cell, narrow: boolean): string {
  const now = letters(held);
  if (change === undefined) return now;
  const before = letters(change.before);
  if (change.kind === "gained") return `<u>+</u>${now}`;
  if (change.kind === "lost") return `<s>${before}</s>`;
  const was = narrow || before === now ? "" : `<s>${before}</s>`;
  return `${was}${now}<u>${SIGNS[change.kind]}</u>`;
}

/** The letter of the strongest tier; a raised plus when there are more. */
function letters(held: readonly PicturedTier[]): string {
  return `${escapeHtml(held[0]?.mark.letter ?? "")}${held.length > 1 ? "<sup>+</sup>" : ""}`;
}

function changeWords(kind: ChangeKind, before: readonly PicturedTier[], now: readonly PicturedTier[]): string {
  const word = CHANGE_WORDS[kind];
  if (kind === "gained") return `${word}: ${heldText(now)}`;
  return kind === "lost" ? `${word}: ${heldText(before)}` : `${word}: ${heldText(now)} instead of ${heldText(before)}`;
}
