import type { ShellWord } from "./shell";

/** The text a word begins with; a word with anything put into it never equals a name. */
export function textOfWord(word: ShellWord): string {
  return word.map((piece) => (typeof piece === "string" ? piece : "\0")).join("");
}

/** The word as a script has it. */
export function sourceOfWord(word: ShellWord): string {
  return word
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if (piece.is === "glob") return "*";
      return piece.is === "command" ? `$(${piece.text})` : variableOf(piece.name);
    })
    .join("");
}

function variableOf(name: string): string {
  return /^(\w+|[@*#?$!-])$/.test(name) ? `\${${name}}` : `\${{ ${name} }}`;
}

/** The parts of a word between these signs, such as the folders of a search path. */
export function splitWord(word: ShellWord, signs: RegExp): readonly ShellWord[] {
  const parts: ShellWord[] = [];
  let part: (typeof word)[number][] = [];
  for (const piece of word) {
    const texts = typeof piece === "string" ? piece.split(signs) : [];
    if (typeof piece !== "string") part.push(piece);
    for (const [at, text] of texts.entries()) {
      if (at > 0) {
        parts.push(part);
        part = [];
      }
      if (text !== "") part.push(text);
    }
  }
  parts.push(part);
  return parts.filter((each) => each.length > 0);
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
