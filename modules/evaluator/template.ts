import { quote } from "../text";
import type { RequestFacts } from "./facts";
import {
  ANY_CHARACTER,
  ANY_TEXT,
  type Glob,
  globOf,
  isPlain,
  matcherOf,
  matchGlob,
  matchInOrder,
  type Pieces,
  piecesOf,
} from "./glob";
import { type KeyValue, givenFor, type Key, conditionKeyOf } from "./keys";
import { NO, type Truth, truthOf, UNKNOWN } from "./truth";

/** A policy's text, cut at its stars; each piece in parts: text, and variables that each request fills. */
export type Template = readonly (readonly Part[])[];

type Part = Glob | Variable;

interface Variable {
  readonly key: Key;
  readonly fallback?: string;
}

/** Why a text cannot be understood. What is not `refused` may be fine: an expression that another program fills in first. */
export class Problem {
  constructor(
    readonly why: string,
    readonly refused = true,
  ) {}
}

/** Policy variables came with this version; in an older document they are plain text. */
const WITH_VARIABLES = "2012-10-17";

/** Longer than any ARN or value that IAM takes; keeps the time for one match small whatever a document says. */
const PATTERN_MAX_CHARS = 4_096;

const VARIABLE = /^([A-Za-z0-9][\w./-]*:[^\s$'"{},][^$'"{},]*)(?:, '([^'{}]*)')?$/;

/**
 * Reads `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}` for the characters themselves.
 * Any other `${...}` is not IAM's: a Terraform expression, whose text only an apply would tell.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function parseTemplate(text: string, version: string, wildcards: boolean): Template | Problem {
  if (text.length > PATTERN_MAX_CHARS) return new Problem(`text of ${text.length} characters`, false);
  if (!isPlain(text)) return new Problem(`${quote(text)} holds invalid characters`);
  const parts: Part[] = [];
  let rest = text;
  for (;;) {
    const open = rest.indexOf("${");
    const plain = open < 0 ? rest : rest.slice(0, open);
    if (plain !== "") parts.push(fixed(plain, wildcards));
    if (open < 0) return cutAtStars(parts);
    const close = rest.indexOf("}", open);
    const part = close < 0 ? undefined : inBraces(rest.slice(open + 2, close), version, wildcards);
    if (part === undefined)
      return new Problem(`${quote(rest.slice(open, open + 60))} is not an IAM variable`, !holdsExpression(text));
    parts.push(part);
    rest = rest.slice(close + 1);
  }
}

/** `${...}` that is not a variable of IAM's, such as Terraform's: what will be there is not known yet. */
export function holdsExpression(text: string): boolean {
  return /\$\{[^}]*[^}\s][^}]*\}/.test(text);
}

function inBraces(inner: string, version: string, wildcards: boolean): Part | undefined {
  const isCharacter = inner === "*" || inner === "?" || inner === "$";
  const match = VARIABLE.exec(inner);
  if (!isCharacter && match?.[1] === undefined) return undefined;
  if (version !== WITH_VARIABLES) return fixed(`\${${inner}}`, wildcards);
  if (isCharacter) return inner;
  return { key: conditionKeyOf(match?.[1] ?? ""), ...(match?.[2] === undefined ? {} : { fallback: match[2] }) };
}

function fixed(text: string, wildcards: boolean): Glob {
  return wildcards ? globOf(text) : text;
}

function cutAtStars(parts: readonly Part[]): Template {
  const pieces: Part[][] = [[]];
  for (const part of parts) {
    const [first, ...more] = typeof part === "string" ? piecesOf(part) : [part];
    if (first) pieces[pieces.length - 1]?.push(first);
    pieces.push(...more.map((piece) => (piece === "" ? [] : [piece])));
  }
  return pieces;
}

/** The text as one glob when it has no variables. */
export function fixedGlob(template: Template): Glob | undefined {
  const isFixed = template.every((piece) => piece.every((part) => typeof part === "string"));
  return isFixed ? template.map((piece) => piece.join("")).join(ANY_TEXT) : undefined;
}

/** Whether the template matches a whole text, and what to say when a variable has no value. */
export function templateTest(template: Template, withoutValue: Truth): (text: string, facts: RequestFacts) => Truth {
  const fixed = fixedGlob(template);
  if (fixed !== undefined) {
    const matches = matcherOf(fixed);
    return (text) => truthOf(matches(text));
  }
  const hasOne = template.some((piece) =>
    piece.some((part) => typeof part === "string" && part.includes(ANY_CHARACTER)),
  );
  return (text, facts) => {
    const filled = fillTemplate(template, facts);
    if (filled === NO) return withoutValue;
    if (filled === UNKNOWN) return UNKNOWN;
    return truthOf(hasOne ? matchGlob(filled.join(ANY_TEXT), text) : matchInOrder(filled, text));
  };
}

/**
 * The text with its variables filled in, as plain characters even where a value holds `*`. A variable without a value
 * equals nothing (no). One with several values, with empty text, of which no page says whether it is a value, or with a
 * value that is not known cannot be decided (unknown).
 * Source: IAM User Guide, "Variables and tags", "Policy variables with no value".
 */
export function fillTemplate(template: Template, facts: RequestFacts): Pieces | typeof NO | typeof UNKNOWN {
  const pieces: string[] = [];
  for (const piece of template) {
    let text = "";
    for (const part of piece) {
      const filled = typeof part === "string" ? part : fillVariable(part, facts);
      if (typeof filled !== "string") return filled;
      text += filled;
    }
    pieces.push(text);
  }
  return pieces;
}

function fillVariable({ key, fallback }: Variable, facts: RequestFacts): string | typeof NO | typeof UNKNOWN {
  const value = single(givenFor(facts, key)) ?? fallback;
  if (value === undefined) return NO;
  return value === UNKNOWN || value === "" || !isPlain(value) ? UNKNOWN : value;
}

function single(given: KeyValue): string | typeof UNKNOWN | undefined {
  if (given === undefined || typeof given === "string" || given === UNKNOWN) return given;
  return given.length === 1 ? given[0] : UNKNOWN;
}
