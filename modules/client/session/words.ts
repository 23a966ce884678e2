import { Refusal } from "../../refusal";
import { quote } from "../../text";

/**
 * The words of a command line, with quotes as `credential_process` has them (single or double, no variables, no shell). Throws
 * when a quote has no end or nothing is there.
 */
export function commandWords(line: string): readonly [string, ...string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let open = "";
  for (const character of line) {
    if (open !== "") {
      if (character === open) open = "";
      else word = (word ?? "") + character;
    } else if (character === '"' || character === "'") {
      open = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + character;
  }
  if (open !== "") throw new Refusal(`the command ${quote(line)} has an unclosed quote`);
  if (word !== undefined) words.push(word);
  const [program, ...rest] = words;
  if (!program) throw new Refusal(`${quote(line)} is not a command`);
  return [program, ...rest];
}
