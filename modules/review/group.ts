import type { Place } from "../finding";
import { compareNaturally, quote, stableJson } from "../text";
import type { AccessChange, Direction } from "./access-change";
import { predicateOf, changeSentence } from "./sentences/sentence";

/** One line of a review: a change, or all alike that differ in the person only. */
export interface ReviewRow {
  readonly direction: Direction;
  readonly account?: string | undefined;
  readonly tier?: string | undefined;
  /** Sorted; empty for what concerns nobody in particular. */
  readonly people: readonly string[];
  /** What follows the people, `gains operator in testing (...)` or `gain` of several, or the whole sentence where there are none. */
  readonly does: string;
  /** `team developers` and its like, of all of them. */
  readonly through: readonly string[];
  /** What joins them to the rest. */
  readonly joint: string;
  /** Of the first. */
  readonly place?: Place | undefined;
}

/**
 * What is alike becomes one row, in the order of the changes. Law: every change is in exactly one row, and the rows' people
 * are those of the changes.
 */
export function groupAlike(changes: readonly AccessChange[]): readonly ReviewRow[] {
  const rows = new Map<string, AccessChange[]>();
  for (const [index, change] of changes.entries()) {
    const key = predicateOf(change, true) === undefined ? String(index) : alikeKey(change);
    const row = rows.get(key);
    if (row) row.push(change);
    else rows.set(key, [change]);
  }
  return [...rows.values()].flatMap(rowOf);
}

/** Equal for changes that say the same of different people. On which terms somebody held what they lose is not said. */
function alikeKey({ person: _, place: __, ...change }: AccessChange): string {
  return stableJson(change.kind === "holding-lost" ? { ...change, before: change.before.tier } : change);
}

function rowOf(alike: readonly AccessChange[]): readonly ReviewRow[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { direction, account, tier, through = [], place } = first;
  const does = predicateOf(first, alike.length > 1);
  const people = does === undefined ? [] : alike.flatMap(({ person }) => person ?? []).sort(compareNaturally);
  return [
    { direction, account, tier, people, does: does ?? changeSentence(first), through, joint: jointOf(first), place },
  ];
}

function jointOf(change: AccessChange): string {
  if (change.kind === "holding-lost") return "; held";
  return change.kind === "holding-gained" && (change.within ?? change.more) !== undefined ? ";" : "";
}

/** `"ann" gains operator in testing`, `3 people gain operator in testing`. */
export function rowText({ people, does }: ReviewRow): string {
  if (people.length > 1) return `${people.length} people ${does}`;
  return `${people.map((name) => `${quote(name)} `).join("")}${does}`;
}

/** ` through team developers`, with names as `shown` writes them; a loss says what it was held through. */
export function throughText({ through, joint }: ReviewRow, shown: (text: string) => string): string {
  return through.length === 0 ? "" : `${joint} through ${through.map(shown).join(" and ")}`;
}
