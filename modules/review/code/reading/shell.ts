import { INTERPRETER } from "./programs";

/** A part of a word: text, or what the shell or the pipeline puts there. */
export type Piece =
  | string
  | { readonly is: "variable"; readonly name: string }
  | { readonly is: "command"; readonly text: string }
  | { readonly is: "glob" };

export type ShellWord = readonly Piece[];

export interface Command {
  readonly words: readonly ShellWord[];
  /** What writes into its standard input, where a pipe does. */
  readonly fedBy?: Command;
  /** Text that it reads: of a here-document as it stands, or the word of a here-string. */
  readonly input?: ShellWord;
  /** Files that its output goes to. */
  readonly targets?: readonly ShellWord[];
}

/** A here-document in such a file is not a script. */
const DATA = /\.(json|ya?ml|md|txt|tfvars|hcl|tf|html?|xml|toml|ini|conf|cfg|csv|py|[cm]?js)$/;
const LOOK_AHEAD = 300;
const MOST_DOCUMENT = 20_000;
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
  private words: ShellWord[] = [];
  private word: Piece[] | undefined;
  private fedBy: Command | undefined;
  private input: ShellWord | undefined;
  private targets: ShellWord[] = [];
  /** What the next word is for. */
  private expects: "target" | "here-string" | "here-document" | undefined;
  private readonly documents: string[] = [];

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

  /** The text between the bracket after the dollar sign and its partner. */
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
    const rest = this.rest();
    if (/^[<>]\(/.test(rest)) {
      this.substitute(this.balanced("(", ")"));
      return;
    }
    const sign = /^(<<<|<<-?|[<>]&?|>>|>\|)/.exec(rest)?.[0] ?? "<";
    this.endWord(sign.length);
    if (sign === "<<<") this.expects = "here-string";
    else if (sign.startsWith("<<")) this.expects = "here-document";
    else if (sign.startsWith(">") && sign !== ">&") this.expects = "target";
  }

  /** What a here-document holds is read as commands too, since it may become a script. */
  private takeDocument(): void {
    const end = this.documents.shift();
    if (end === undefined) return;
    const lines = this.text.slice(this.at + 1, this.at + 1 + MOST_DOCUMENT).split("\n");
    const close = lines.findIndex((line) => line.replace(/^\t+/, "") === end || line.trim() === end);
    const body = lines.slice(0, close === -1 ? lines.length : close).join("\n");
    this.input = [body];
    // What another language or a data file gets is not read as commands.
    if (this.takesData()) this.at += body.length + (close === -1 ? 0 : (lines[close]?.length ?? 0) + 1);
  }

  private takesData(): boolean {
    const [head] = this.words[0] ?? [];
    if (typeof head === "string" && INTERPRETER.test(head)) return true;
    const ends = (target: ShellWord) => DATA.test(String(target.at(-1)));
    return this.targets.length > 0 && this.targets.every(ends);
  }

  private separate(c: string): void {
    if (c === "(") this.depth++;
    // The pattern of a `case`: no command.
    if (c === ")" && this.depth-- <= 0) {
      this.depth = 0;
      this.words = [];
      this.word = undefined;
    }
    this.endWord(0);
    if (c === "\n") this.takeDocument();
    const ended = this.endCommand();
    // Behind a bracket it is not one command that writes.
    if (c === "|" && this.text[this.at + 1] !== "|") this.fedBy = ended ?? { words: [[{ is: "variable", name: "" }]] };
    if (c === "|" && this.text[this.at + 1] === "|") this.at++;
    this.at++;
  }

  private endWord(length: number): void {
    if (this.word !== undefined) this.takeWord(this.word);
    this.word = undefined;
    this.at += length;
  }

  private takeWord(word: ShellWord): void {
    const expected = this.expects;
    this.expects = undefined;
    if (expected === undefined) this.words.push(word);
    if (expected === "target") this.targets.push(word);
    if (expected === "here-string") this.input = word;
    if (expected === "here-document" && word.every((piece) => typeof piece === "string"))
      this.documents.push(word.join(""));
  }

  private endCommand(): Command | undefined {
    this.endWord(0);
    if (this.words.length === 0) return undefined;
    const command = {
      words: this.words,
      ...(this.fedBy && { fedBy: this.fedBy }),
      ...(this.input && { input: this.input }),
      ...(this.targets.length > 0 && { targets: this.targets }),
    };
    this.commands.push(command);
    this.words = [];
    this.targets = [];
    this.fedBy = undefined;
    this.input = undefined;
    return command;
  }
}
