import type { Finding } from "../finding";
import { quote } from "../text";
import type { LocatedValue, LocatedEntry } from "./check-shape";

const MERGED_SECTIONS = ["accounts", "tiers", "teams", "people"];

/** The files of a folder as one roster: sections are united, and whatever is in two files is a finding at the second. */
export function mergeFiles(files: readonly LocatedValue[]): {
  readonly value: LocatedValue;
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const sections = new Map<string, LocatedEntry>();
  const twice = (key: string, first: LocatedEntry, second: LocatedEntry) => {
    const { file, line, column } = first.keyPlace;
    const message = `${quote(key)} is written twice, first at ${file}:${line}:${column}; keep one`;
    findings.push({ code: "duplicate-key", severity: "error", place: second.keyPlace, message });
  };
  for (const file of files) {
    for (const [key, entry] of file.map ?? []) {
      const first = sections.get(key);
      if (!first) sections.set(key, entry);
      else if (!MERGED_SECTIONS.includes(key)) twice(key, first, entry);
      else sections.set(key, { keyPlace: first.keyPlace, value: unite(first.value, entry.value, twice) });
    }
  }
  const place = files[0]?.place ?? { file: "roster.yaml", line: 1, column: 1 };
  return { value: { place, map: sections }, findings };
}

function unite(
  a: LocatedValue,
  b: LocatedValue,
  twice: (key: string, first: LocatedEntry, second: LocatedEntry) => void,
): LocatedValue {
  const map = new Map(a.map);
  for (const [key, entry] of b.map ?? []) {
    const first = map.get(key);
    if (first) twice(key, first, entry);
    else map.set(key, entry);
  }
  return { place: a.place, map };
}
