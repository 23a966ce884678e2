import { compareText } from "../text";

type Tags = Readonly<Record<string, string>>;

/** Keys of tags that are not the same on both sides, sorted; none where one side is not known. */
export function otherTags(one: Tags | undefined, other: Tags | undefined): readonly string[] {
  if (one === undefined || other === undefined) return [];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.filter((key) => one[key] !== other[key]).sort(compareText);
}
