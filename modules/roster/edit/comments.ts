import { CST, Lexer } from "yaml";

/** Whether every comment of `before` outside the dropped lines is still there, in its order. */
export function keepsComments(before: string, after: string, dropped: readonly [number, number] | undefined): boolean {
  const kept = commentsOf(before).filter(
    ({ offset }) => dropped === undefined || offset < dropped[0] || offset > dropped[1],
  );
  const left = commentsOf(after).map(({ text }) => text);
  let from = 0;
  return kept.every(({ text }) => {
    const at = left.indexOf(text, from);
    from = at + 1;
    return at >= 0;
  });
}

interface Comment {
  readonly text: string;
  readonly offset: number;
}

function commentsOf(source: string): readonly Comment[] {
  const found: Comment[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(source)) {
    if (CST.tokenType(token) === "comment") found.push({ text: token, offset });
    // Marks of the lexer for a document or a scalar are not text of the file.
    if (!["\u0002", "\u0018", "\u001f"].includes(token)) offset += token.length;
  }
  return found;
}
