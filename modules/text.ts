/** Order by UTF-16 code unit: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order in which people read: `testing-2` before `testing-10`. Code units otherwise, so it is the same everywhere. */
export function compareNaturally(a: string, b: string): number {
  const [as, bs] = [partsOf(a), partsOf(b)];
  for (const [index, one] of as.entries()) {
    const other = bs[index];
    if (other === undefined) return 1;
    const order = compareParts(one, other);
    if (order !== 0) return order;
  }
  return as.length - bs.length || compareText(a, b);
}

/** Digits and what is between them, in turn; the first is never of digits. */
function partsOf(text: string): readonly string[] {
  return text.split(/(\d+)/);
}

function compareParts(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compareText(a, b);
  const [one, other] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return one.length - other.length || compareText(one, other);
}

const QUOTE_MAX_CHARS = 120;

/**
 * Text from outside in double quotes, safe in a terminal and a log: control, bidirectional, zero-width and other
 * non-printing characters become `\u{...}`, and what is longer than 120 characters is cut with its length named.
 */
export function quote(text: string): string {
  const cut = text.length > QUOTE_MAX_CHARS ? `${text.slice(0, QUOTE_MAX_CHARS)}...` : text;
  const escaped = visible(cut.replace(/[\\"]/g, (c) => `\\${c}`));
  return text.length > QUOTE_MAX_CHARS ? `"${escaped}" (${text.length} characters)` : `"${escaped}"`;
}

/** Control, format (bidirectional, zero-width), surrogate and private characters, and Unicode's line breaks, as `\u{...}`. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Text as it may be in an element or a quoted attribute of HTML; what does not print is spelled out. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** True for an object of JSON: no list, no null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON with keys in code-unit order at every level and no white space: equal values give equal bytes. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sortKeys(inner) : inner));
}

function sortKeys(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}

/**
 * `; did you mean "x"?` for the known word that was most likely meant: within a third of the given word's length in typing errors
 * (a letter more, fewer, other, or two swapped), or the only one that it begins. Else an empty string.
 */
export function didYouMean(given: string, known: Iterable<string>): string {
  const words = [...known];
  const limit = Math.max(1, Math.floor(given.length / 3));
  const near = words
    .map((word) => ({ word, distance: typingErrors(given.toLowerCase(), word.toLowerCase(), limit) }))
    .filter(({ word, distance }) => distance <= limit && distance < word.length)
    .sort((a, b) => a.distance - b.distance || compareText(a.word, b.word))[0];
  const begun = given.length < 3 ? [] : words.filter((word) => word.toLowerCase().startsWith(given.toLowerCase()));
  const meant = near?.word ?? (begun.length === 1 ? begun[0] : undefined);
  return meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
}

/** Damerau's distance of two texts, no part of them edited twice, or `limit + 1` as soon as it must be larger. */
function typingErrors(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? (before[j - 2] ?? 0) + 1 : limit + 1;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...row, ...next) > limit) return limit + 1;
    [before, row] = [row, next];
  }
  return row[b.length] ?? limit + 1;
}
