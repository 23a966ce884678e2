/**
 * A name in a code span, where GitHub looks for no mention, link, issue, commit, emoji or HTML. Backticks and the pipe, which
 * ends a table's cell even in code, cannot be there, so they become escapes a reader can tell.
 */
export function codeSpan(text: string): string {
  const safe = visibleWithSpaces(text).replace(/[`|]/g, escaped).trim();
  return safe === "" ? "` `" : `\`${safe}\``;
}

/** Control, format (bidirectional, zero-width), surrogate, private and unassigned characters, and odd spaces as `\u{...}`. */
export function visibleWithSpaces(text: string): string {
  return text.replace(/(?! )[\p{C}\p{Z}]/gu, escaped);
}

const MAX_SENTENCE_CHARS = 1_000;

/**
 * A sentence as GitHub-flavoured Markdown of one line that is only text: quoted names and every word that is not plain letters
 * and digits go into code spans. Character references would not do: GitHub looks for mentions and issues in the rendered text.
 */
export function inertSentence(sentence: string): string {
  const cut = sentence.length > MAX_SENTENCE_CHARS ? `${sentence.slice(0, MAX_SENTENCE_CHARS)} ...` : sentence;
  return cut
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1).replace(/\\(["\\])/g, "$1")) : words(part)))
    .join("");
}

function words(text: string): string {
  return text
    .split(/( +)/)
    .map((word, index) => (index % 2 === 1 ? " " : inertWord(word)))
    .join("");
}

/** Letters, digits and marks that mean nothing inside a line; no commit (7 to 40 hex digits) and no `GH-1`. */
function inertWord(word: string): string {
  const [, open = "", core = "", close = ""] = /^(\(*)(.*?)([),;:.]*)$/s.exec(word) ?? [];
  const plain =
    /^(?:[\p{L}\p{N}/',=%?]|(?<=[\p{L}\p{N}])-|\.\.\.)*$/u.test(core) && !/^(?:[0-9a-f]{7,40}|gh-\d+)$/i.test(core);
  if (core === "" || plain) return `${open}${core}${close}`;
  return `${open}${codeSpan(core)}${close}`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
