/** One string or a list of strings as a list; nothing for anything else. */
export function stringsIn(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((item): item is string => typeof item === "string") ? value : undefined;
}

/** The same for condition values, where IAM also takes numbers and booleans. */
export function scalarsIn(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((item) => ["string", "number", "boolean"].includes(typeof item)) ? list.map(String) : undefined;
}

/** The own entries of a plain object. */
export function objectEntries(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;
}
