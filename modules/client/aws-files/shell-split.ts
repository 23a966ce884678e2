/**
 * Words of a text by a POSIX shell's rules without a shell, as Python's `shlex.split` has them; `undefined` when a quote or a
 * backslash has no end. Source: Python documentation, shlex, "Parsing Rules".
 */
export function shellSplit(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    const next = text[at + 1];
    if (quote === "'" ? character === "'" : quote === '"' && character === '"') quote = "";
    else if (character === "\\" && quote !== "'") {
      if (next === undefined) return undefined;
      // Within double quotes a backslash stays, unless it is before one of these.
      word = (word ?? "") + (quote === '"' && next !== '"' && next !== "\\" ? `\\${next}` : next);
      at++;
    } else if (quote !== "") word = (word ?? "") + character;
    else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (" \t\r\n".includes(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + character;
  }
  if (quote !== "") return undefined;
  return word === undefined ? words : [...words, word];
}
