import type { Block } from "./pages";

/** A line of a page that a reader types. */
export interface TypedLine {
  readonly at: string;
  /** Without comment and outer white space. */
  readonly text: string;
}

/** The command lines of a block of shell. Blank lines and comments are none. */
export function typedLines({ page, line, lines }: Block): readonly TypedLine[] {
  return lines.flatMap((each, index) => {
    const text = withoutComment(each).trim();
    return text === "" ? [] : [{ at: `${page}:${line + index}`, text }];
  });
}

function withoutComment(line: string): string {
  const [before = ""] = /^(?:[^'"#]|'[^']*'|"[^"]*"|(?<=\S)#)*/.exec(line) ?? [];
  return before;
}

/** The arguments of every call of Rolecall in a line, also in pipes and substitutions. */
export function callsOf(text: string): readonly (readonly string[])[] {
  const call = /(?:^|[;|&]\s*|\$\()(?:\w+=\S+ )*(?:rolecall|node bin\/rolecall\.js|npm run -s rolecall --)(?=[\s)]|$)/g;
  return [...text.matchAll(call)].map(({ index, 0: { length } }) => {
    const [rest = ""] = /^(?:"[^"]*"|'[^']*'|[^;|&)"'>]|>(?=\s*"))*/.exec(text.slice(index + length)) ?? [];
    return (rest.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));
  });
}
