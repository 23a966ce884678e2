import { isCollection, isMap, isPair, isSeq, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { keyText } from "../nodes";
import type { Path } from "./plain";

/** A mapping or a list. */
export type YamlCollection = YAMLMap | YAMLSeq;

/** The node at a path, `undefined` when there is none. */
export function nodeAt(root: unknown, path: Path): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return root;
  if (isSeq(root)) return nodeAt(root.items[Number(first)], rest);
  if (!isMap(root)) return undefined;
  const pair = root.items.find((each) => keyText(each) === first);
  return pair === undefined ? undefined : nodeAt(pair.value, rest);
}

interface Ranged {
  readonly range?: readonly [number, number, number] | null;
}

/** Where the item's own text ends, before blanks, comments and line breaks that may follow. */
export function contentEnd(item: unknown): number {
  if (isPair(item))
    return item.value === null ? contentEnd(item.key) : Math.max(contentEnd(item.key), contentEnd(item.value));
  if (isCollection(item) && item.flow !== true && item.items.length > 0) return contentEnd(item.items.at(-1));
  return (item as Ranged | null)?.range?.[1] ?? 0;
}

/** Where the item begins: its key, or the hyphen of a list that is not in brackets. */
export function itemStart(text: string, holder: YamlCollection, index: number): number {
  const item = holder.items[index];
  if (isPair(item)) return ((item as Pair).key as Ranged).range?.[0] ?? 0;
  const start = firstOffset(item);
  return holder.flow ? start : text.lastIndexOf("-", start - 1);
}

function firstOffset(item: unknown): number {
  return (item as Ranged | null)?.range?.[0] ?? 0;
}
