/** A part of a word: text, or what the shell or the pipeline puts there. */
export type Piece =
  | string
  | { readonly is: "variable"; readonly name: string }
  | { readonly is: "command"; readonly text: string }
  | { readonly is: "glob" };

export type Word = readonly Piece[];

export interface Command {
  readonly words: readonly Word[];
  /** What writes into its standard input, where a pipe does. */
  readonly fedBy?: Command;
}

const LOOK_AHEAD = 300;
const MOST_NESTED = 12;
const SEPARATORS = new Set(["\n", ";", "&", "|", "(", ")"]);

/**
 * The commands of a shell script, as far as they can be read without knowing the shell: words with what is put into them, those
 * of command substitutions as commands of their own. More is taken for a command than is one, never less.
 */
export function parseShell(text: string, depth = 0): readonly Command[] {
  const reader = new ShellReader(text, depth);
  reader.read();
  return reader.commands;
}

class ShellReader {
  readonly commands: Command[] = [];
  private at = 0;
  private depth = 0;
  private words: Word[] = [];
  private word: Piece[] | undefined;
  private fedBy: Command | undefined;

  constructor(
    private readonly text: string,
    private readonly nested: number,
  ) {}

  read(): void {
    while (this.at < this.text.length) this.step();
    this.endCommand();
  }

  private step(): void {
    const c = this.text[this.at] ?? "";
    if (c === "\\") this.escaped();
    else if (c === "'") this.add(this.upTo("'"));
    else if (c === '"') this.quoted();
    else if (c === "$" || c === "`") this.put();
    else if (c === "#" && this.word === undefined) this.skipLine();
    else if (SEPARATORS.has(c)) this.separate(c);
    else if (c === "<" || c === ">") this.redirect();
    else if (/\s/.test(c)) this.endWord(1);
    else if (/[*?]/.test(c) || this.opensPattern(c)) this.add({ is: "glob" }, 1);
    else this.add(c, 1);
  }

  /** `[a-z]` and `{a,b}`, and not the commands `[` and `{`. */
  private opensPattern(c: string): boolean {
    return (
      (c === "[" && /^\[[^\s[\]]+\]/.test(this.rest())) || (c === "{" && /^\{[^\s{}]*[,.][^\s{}]*\}/.test(this.rest()))
    );
  }

  private rest(): string {
    return this.text.slice(this.at, this.at + LOOK_AHEAD);
  }

  private add(piece: Piece, length = 0): void {
    this.word ??= [];
    const last = this.word.at(-1);
    if (typeof piece === "string" && typeof last === "string") this.word[this.word.length - 1] = last + piece;
    else this.word.push(piece);
    this.at += length;
  }

  private escaped(): void {
    const next = this.text[this.at + 1] ?? "";
    if (next === "\n") this.at += 2;
    else this.add(next, 2);
  }

  private upTo(end: string): string {
    const found = this.text.indexOf(end, this.at + 1);
    const close = found === -1 ? this.text.length : found;
    const inner = this.text.slice(this.at + 1, close);
    this.at = close + 1;
    return inner;
  }

  private quoted(): void {
    this.add("", 1);
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      const c = this.text[this.at] ?? "";
      if (c === "\\") this.escaped();
      else if (c === "$" || c === "`") this.put();
      else this.add(c, 1);
    }
    this.at++;
  }

  /** Whatever begins with a dollar sign or a backtick. */
  private put(): void {
    const rest = this.rest();
    const expression = /^\$\{\{\s*(.*?)\s*\}\}|^\$\[\[\s*(.*?)\s*\]\]/s.exec(rest);
    if (expression) this.add({ is: "variable", name: expression[1] ?? expression[2] ?? "" }, expression[0].length);
    else if (rest.startsWith("`")) this.substitute(this.upTo("`"));
    else if (rest.startsWith("$(")) this.substitute(this.balanced("(", ")"));
    else if (rest.startsWith("${"))
      this.add({ is: "variable", name: /^[!#]?(\w*)/.exec(this.balanced("{", "}"))?.[1] ?? "" });
    else this.plainVariable(rest);
  }

  private plainVariable(rest: string): void {
    const name = /^\$(\w+|[@*#?$!-])/.exec(rest)?.[1];
    if (name === undefined) this.add("$", 1);
    else this.add({ is: "variable", name }, name.length + 1);
  }

  private substitute(inner: string): void {
    // What only says where a folder is runs nothing in it.
    if (!/^\s*cd\s[^;|\n]*&&\s*pwd(\s+-P)?\s*$/.test(inner)) this.nest(inner);
    this.add({ is: "command", text: inner.trim() });
  }

  private nest(inner: string): void {
    // Nobody writes scripts that deep: what they run is not known.
    if (this.nested > MOST_NESTED) this.commands.push({ words: [[{ is: "variable", name: "" }]] });
    else for (const command of parseShell(inner, this.nested + 1)) this.commands.push(command);
  }

  /** What lies between the bracket after the dollar sign and its partner. */
  private balanced(open: string, close: string): string {
    const start = this.at + 2;
    let depth = 1;
    let at = start;
    for (; at < this.text.length && depth > 0; at++) {
      if (this.text[at] === open) depth++;
      if (this.text[at] === close) depth--;
    }
    this.at = at;
    return this.text.slice(start, depth === 0 ? at - 1 : at);
  }

  private skipLine(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  private redirect(): void {
    this.endWord(/^(<<-?|<<<|[<>]&?|>>|>\|)/.exec(this.rest())?.[0].length ?? 1);
  }

  private separate(c: string): void {
    if (c === "(") this.depth++;
    // The pattern of a `case`: no command.
    if (c === ")" && this.depth-- <= 0) {
      this.depth = 0;
      this.words = [];
      this.word = undefined;
    }
    const ended = this.endCommand();
    if (c === "|" && this.text[this.at + 1] !== "|") this.fedBy = ended;
    if (c === "|" && this.text[this.at + 1] === "|") this.at++;
    this.at++;
  }

  private endWord(length: number): void {
    if (this.word !== undefined) this.words.push(this.word);
    this.word = undefined;
    this.at += length;
  }

  private endCommand(): Command | undefined {
    this.endWord(0);
    if (this.words.length === 0) return undefined;
    const command = { words: this.words, ...(this.fedBy && { fedBy: this.fedBy }) };
    this.commands.push(command);
    this.words = [];
    this.fedBy = undefined;
    return command;
  }
}
