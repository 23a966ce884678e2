import { listed, type Path, type Plain } from "./plain";
import type { EditStep } from "./steps";

/** A list that is not there is made. */
export function intoList(person: Record<string, Plain>, path: Path, key: string, value: Plain): EditStep {
  if (person[key] === undefined) return { kind: "put", path, key, value: [value] };
  return { kind: "append", path: [...path, key], value };
}

/** From behind, so that positions stay true; an empty list goes with its key. */
export function outOfList(
  person: Record<string, Plain>,
  path: Path,
  key: string,
  indexes: readonly number[],
): readonly EditStep[] {
  if (indexes.length === listed(person[key]).length) return [{ kind: "drop", path: [...path, key] }];
  return [...indexes].reverse().map((index) => ({ kind: "drop", path: [...path, key, index] }));
}
