import type { Place } from "../finding";
import { compareNaturally, quote } from "../text";
import type { AccessChange, Direction } from "./access-change";

/** One line of a review: a change, or all alike that differ in the person alone. */
export interface ReviewRow {
  readonly direction: Direction;
  readonly account?: string;
  readonly tier?: string;
  /** Sorted; empty for what concerns nobody in particular. */
  readonly people: readonly string[];
  /** The sentence without the person, `gains operator in testing (...)`, or the whole one when nobody is named. */
  readonly does: string;
  /** `team developers` and its like, of all of them. */
  readonly through: readonly string[];
  /** Of the first. */
  readonly place?: Place;
}

/**
 * What is alike becomes one row, in the order of the changes. Law: every change is in exactly one row, and the rows' people
 * are those of the changes.
 */
export function groupAlike(changes: readonly AccessChange[]): readonly ReviewRow[] {
  const rows = new Map<string, AccessChange[]>();
  for (const [index, change] of changes.entries()) {
    const { direction, account, through = [], actions = [] } = change;
    const does = generalOf(change);
    const key = JSON.stringify(does === undefined ? [index] : [direction, account, does, through, actions]);
    const row = rows.get(key);
    if (row) row.push(change);
    else rows.set(key, [change]);
  }
  return [...rows.values()].flatMap(rowOf);
}

function rowOf(alike: readonly AccessChange[]): readonly ReviewRow[] {
  const first = alike[0];
  if (first === undefined) return [];
  const { direction, account, tier, through = [], place, sentence } = first;
  const does = alike.length === 1 ? doesOf(first) : generalOf(first);
  const people = does === undefined ? [] : alike.flatMap(({ person }) => person ?? []).sort(compareNaturally);
  const row = { direction, people, does: does ?? sentence, through };
  return [
    { ...row, ...(account !== undefined && { account }), ...(tier !== undefined && { tier }), ...(place && { place }) },
  ];
}

/** What follows the person's name, when the sentence begins with it. */
function doesOf({ person, sentence }: AccessChange): string | undefined {
  if (person === undefined) return undefined;
  const name = `${quote(person)} `;
  return sentence.startsWith(name) ? sentence.slice(name.length) : undefined;
}

/** The same of anybody, where it names the person once more: `rolecall offboard NAME`. */
function generalOf(change: AccessChange): string | undefined {
  const name = ` ${change.person ?? ""} `;
  return doesOf(change)?.replaceAll(`offboard${name}`, "offboard NAME ");
}

/** `gains operator` of one is `gain operator` of many. */
export function doesText({ people, does }: ReviewRow): string {
  return people.length > 1 ? does.replace(/^(gain|lose|hold|keep|take|leave)s /, "$1 ") : does;
}

/** ` through team developers`, with names as `shown` writes them; a loss says what it was held through. */
export function throughText({ through, does }: ReviewRow, shown: (text: string) => string): string {
  if (through.length === 0) return "";
  const apart = does.startsWith("loses ") ? "; held" : /: |, which /.test(does) ? ";" : "";
  return `${apart} through ${through.map(shown).join(" and ")}`;
}
