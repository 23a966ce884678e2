import { CST, Lexer } from "yaml";

/** Something a roster may not contain, found before anything is built from it. */
export interface Trouble {
  readonly offset: number;
  readonly code: string;
  readonly message: string;
}

/** 5,000 people with a grant each need about 200,000. */
const MAX_TOKENS = 300_000;
/** A roster needs 6 levels; the parser behind this recurses. */
const MAX_DEPTH = 24;
const MAX_TROUBLES = 20;

const FORBIDDEN: ReadonlyMap<string, readonly [code: string, message: string]> = new Map([
  ["alias", ["yaml-alias", "YAML aliases are not allowed; write the value out"]],
  ["anchor", ["yaml-anchor", "YAML anchors are not allowed; write the value out"]],
  ["tag", ["yaml-tag", "YAML tags are not allowed; remove it"]],
  ["directive-line", ["yaml-directive", "YAML directives are not allowed; remove the line"]],
]);

/** Marks of the lexer that stand for no text. */
const WITHOUT_TEXT = new Set(["doc-mode", "flow-error-end"]);
/** What may be before the first document begins. */
const BLANK = new Set(["space", "newline", "comment", "byte-order-mark", "directive-line", ...WITHOUT_TEXT]);

/**
 * Aliases, anchors, tags, directives, further documents, and nesting or sizes no roster has. The lexer is linear and keeps
 * nothing, so that a hostile file costs no more than reading it: the parser behind it is neither.
 */
export function forbiddenTokens(text: string): readonly Trouble[] {
  const found: Trouble[] = [];
  const nesting = new Nesting();
  let begun = false;
  let count = 0;
  for (const { type, source, offset } of typedTokens(text)) {
    const [code, message] = FORBIDDEN.get(type) ?? [];
    if (code && message) found.push({ offset, code, message });
    const stop = tooMuch(++count, nesting.after(type, source)) ?? (type === "doc-start" && begun ? SECOND : undefined);
    if (stop) return [...found, { offset, ...stop }];
    if (found.length >= MAX_TROUBLES) return found;
    begun ||= !BLANK.has(type);
  }
  return found;
}

const SECOND = {
  code: "several-documents",
  message: "a second document begins here; keep one, or use a folder of files",
};

function tooMuch(count: number, depth: number): Omit<Trouble, "offset"> | undefined {
  if (depth > MAX_DEPTH)
    return { code: "yaml-depth", message: `this is nested more than ${MAX_DEPTH} levels deep; a roster needs 6` };
  if (count > MAX_TOKENS)
    return {
      code: "too-many-values",
      message: "the file has more names and values up to here than any roster; is this the right file?",
    };
  return undefined;
}

function* typedTokens(text: string): Generator<{ type: string; source: string; offset: number }> {
  let offset = 0;
  let insideScalar = false;
  for (const source of new Lexer().lex(text)) {
    const type: string = insideScalar ? "scalar" : (CST.tokenType(source) ?? "unknown");
    const mark: boolean = !insideScalar && source === CST.SCALAR;
    insideScalar = mark;
    if (mark) continue;
    yield { type, source, offset };
    if (!WITHOUT_TEXT.has(type)) offset += source.length;
  }
}

/** An upper bound of how deep the parser is, from indentation, brackets and the block indicators of one line. */
class Nesting {
  private readonly indents: number[] = [];
  private brackets = 0;
  private indicators = 0;
  private atLineStart = true;

  after(type: string, source: string): number {
    if (type === "newline") {
      this.atLineStart = true;
      this.indicators = 0;
    } else if (!WITHOUT_TEXT.has(type)) {
      if (this.atLineStart) this.indent(type === "space" ? source.length : 0);
      this.atLineStart = false;
    }
    if (type === "flow-map-start" || type === "flow-seq-start") this.brackets++;
    if (type === "flow-map-end" || type === "flow-seq-end") this.brackets = Math.max(0, this.brackets - 1);
    if (this.brackets === 0 && /^(seq-item|explicit-key|map-value)-ind$/.test(type)) this.indicators++;
    return this.indents.length + this.brackets + this.indicators;
  }

  private indent(width: number): void {
    while ((this.indents.at(-1) ?? -1) >= width) this.indents.pop();
    this.indents.push(width);
  }
}
