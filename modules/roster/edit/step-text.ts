import { isMap, isSeq, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { keyText } from "../nodes";
import { columnOf, commentsStart, ownEnd } from "./comment-lines";
import { flowText, isList, type Path, type Plain, scalarText } from "./plain";
import { contentEnd, itemStart, nodeAt, type YamlCollection } from "./positions";
import { columnBlanks, indentBefore, lineBreak, lineEnd, lineStart, type Splice, wholeLines } from "./splice";
import type { EditStep } from "./steps";

/** The step as changes of the text: written where and how a person would, every other byte as it was. */
export function stepText(text: string, root: YAMLMap, step: EditStep): readonly Splice[] {
  switch (step.kind) {
    case "put":
      return put(text, holderAt(root, step.path), step.key, step.value);
    case "append":
      return append(text, holderAt(root, step.path), step.value);
    case "replace": {
      const { range } = nodeAt(root, step.path) as { readonly range: readonly [number, number, number] };
      return [{ start: range[0], end: range[1], text: scalarText(step.value) }];
    }
    case "drop":
      return drop(text, root, step.path);
  }
}

function holderAt(root: YAMLMap, path: Path): YamlCollection {
  const node = nodeAt(root, path);
  if (isMap(node) || isSeq(node)) return node;
  throw new Error(`there is no mapping or list at ${path.join("/")}`);
}

function put(text: string, map: YamlCollection, key: string, value: Plain): readonly Splice[] {
  if (map.flow || map.items.length === 0) return intoFlow(text, map, `${scalarText(key)}: ${flowText(value)}`);
  const after = neighbour(map, key);
  const first = itemStart(text, map, 0);
  const indent = columnBlanks(text, first);
  const line = blockEntry(text, map, indent, key, value);
  if (after >= 0) return [belowLine(text, entryEnd(text, map, after), line)];
  const at = indentBefore(text, first) === undefined ? first : commentsStart(text, first);
  return [
    {
      start: at,
      end: at,
      text: `${line.slice(at === first ? indent.length : 0)}${lineBreak(text)}${at === first ? indent : ""}`,
    },
  ];
}

/** Index of the entry to be below: in its place where the keys are sorted, else the last; -1 for the top. */
function neighbour({ items }: YamlCollection, key: string): number {
  const keys = items.map((pair) => keyText(pair as Pair) ?? "");
  const sorted = keys.length > 1 && keys.every((each, index) => index === 0 || (keys[index - 1] ?? "") < each);
  return sorted ? keys.filter((each) => each < key).length - 1 : keys.length - 1;
}

/** A list of mappings goes below its key, an item on each line; everything else next to it. */
function blockEntry(text: string, map: YamlCollection, indent: string, key: string, value: Plain): string {
  const name = `${indent}${scalarText(key)}:`;
  if (isList(value) && value.some((item) => typeof item !== "string"))
    return [name, ...value.map((item) => `${indent}  - ${flowText(item)}`)].join(lineBreak(text));
  const column = valueColumn(text, map);
  return `${name.padEnd(column - 1)} ${flowText(value)}`;
}

/** The column where all values of a mapping stand, when a person has aligned them; 0 otherwise. */
function valueColumn(text: string, map: YamlCollection): number {
  const pairs = map.items as readonly Pair[];
  const columns = pairs.map(({ value }, index) => {
    const start = (value as { readonly range?: readonly number[] } | null)?.range?.[0] ?? 0;
    const line = lineStart(text, start);
    return line === lineStart(text, itemStart(text, map, index)) ? start - line : -1;
  });
  const [first = 0] = columns;
  return columns.length > 1 && columns.every((each) => each === first) ? Math.max(first, 0) : 0;
}

function append(text: string, list: YamlCollection, value: Plain): readonly Splice[] {
  if (list.flow || list.items.length === 0) return intoFlow(text, list, flowText(value));
  const indent = columnBlanks(text, itemStart(text, list, 0));
  return [belowLine(text, entryEnd(text, list, list.items.length - 1), `${indent}- ${flowText(value)}`)];
}

/** Where an entry of lines ends, with the comments inside it; in brackets, its own text. */
function entryEnd(text: string, holder: YamlCollection, index: number): number {
  const end = contentEnd(holder.items[index]);
  return holder.flow ? end : ownEnd(text, end, columnOf(text, itemStart(text, holder, index)));
}

function belowLine(text: string, offset: number, line: string): Splice {
  const at = lineEnd(text, offset);
  return { start: at, end: at, text: `${lineBreak(text)}${line}` };
}

/** Behind the last item of a collection in brackets, whether or not a comma is there already. */
function intoFlow(text: string, holder: YamlCollection, entry: string): readonly Splice[] {
  const [open = 0, end = 0] = holder.range ?? [];
  const close = end - 1;
  if (holder.items.length === 0) {
    const padding = isMap(holder) ? " " : "";
    return [{ start: open + 1, end: close, text: `${padding}${entry}${padding}` }];
  }
  const last = contentEnd(holder.items.at(-1));
  const comma = commaAfter(text, last, close);
  if (!text.slice(last, close).includes("\n"))
    return [comma === undefined ? insert(last, `, ${entry}`) : insert(comma + 1, ` ${entry},`)];
  const indent = columnBlanks(text, itemStart(text, holder, holder.items.length - 1));
  const line = belowLine(text, comma ?? last, `${indent}${entry}${comma === undefined ? "" : ","}`);
  return comma === undefined ? [insert(last, ","), line] : [line];
}

function insert(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

/** A comma between two offsets, outside comments. */
function commaAfter(text: string, from: number, to: number): number | undefined {
  const bare = text.slice(from, to).replace(/#[^\n]*/g, (comment) => " ".repeat(comment.length));
  const at = bare.indexOf(",");
  return at < 0 ? undefined : from + at;
}

/** The lines that what is dropped is on: a comment there goes with it. */
export function droppedLines(text: string, root: YAMLMap, step: EditStep): readonly [number, number] | undefined {
  if (step.kind !== "drop") return undefined;
  const { holder, index } = dropped(root, step.path);
  return [lineStart(text, itemStart(text, holder, index)), lineEnd(text, entryEnd(text, holder, index))];
}

/** Comments directly above what is dropped: they stay, since they may be about more than that. */
export function commentsAbove(text: string, root: YAMLMap, step: EditStep): readonly CommentLine[] {
  if (step.kind !== "drop") return [];
  const { holder, index } = dropped(root, step.path);
  const start = itemStart(text, holder, index);
  if (indentBefore(text, start) === undefined) return [];
  const from = commentsStart(text, start);
  const first = text.slice(0, from).split("\n").length;
  const lines = text.slice(from, lineStart(text, start)).split("\n").slice(0, -1);
  return lines.map((line, at) => ({ line: first + at, text: line.trim() }));
}

export interface CommentLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

function dropped(root: YAMLMap, path: Path): { readonly holder: YamlCollection; readonly index: number } {
  const holder = holderAt(root, path.slice(0, -1));
  const key = path.at(-1);
  const index = isSeq(holder) ? Number(key) : (holder as YAMLMap).items.findIndex((pair) => keyText(pair) === key);
  return { holder, index };
}

function drop(text: string, root: YAMLMap, path: Path): readonly Splice[] {
  const { holder, index } = dropped(root, path);
  const start = itemStart(text, holder, index);
  const end = entryEnd(text, holder, index);
  if (holder.items.length === 1) return [emptied(text, holder, start, end)];
  if (holder.flow) return [dropFromFlow(text, holder, index)];
  const alone = indentBefore(text, start) !== undefined;
  return [alone ? wholeLines(text, start, end) : { start, end: itemStart(text, holder, index + 1), text: "" }];
}

function emptied(text: string, holder: YamlCollection, start: number, end: number): Splice {
  const empty = isMap(holder) ? "{}" : "[]";
  if (holder.flow) return { start: holder.range?.[0] ?? start, end: holder.range?.[1] ?? end, text: empty };
  const key = text.slice(0, start).trimEnd().length;
  return { start: key, end, text: ` ${empty}` };
}

function dropFromFlow(text: string, holder: YAMLMap | YAMLSeq, index: number): Splice {
  const start = itemStart(text, holder, index);
  const end = contentEnd(holder.items[index]);
  const behind = text.slice(end, lineEnd(text, end));
  if (indentBefore(text, start) !== undefined && /^\s*,?\s*(#.*)?$/.test(behind)) return wholeLines(text, start, end);
  if (index + 1 < holder.items.length) return { start, end: itemStart(text, holder, index + 1), text: "" };
  return { start: contentEnd(holder.items[index - 1]), end, text: "" };
}
