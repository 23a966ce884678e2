import { quote, stableJson } from "../../text";
import { flowText, mapOf, type Plain } from "./plain";
import { noChange, type Planned, type PlainFile, refused } from "./planned";

const SECTIONS = {
  people: { what: "a person", cure: "rolecall grant gives them more" },
  accounts: { what: "an account", cure: "change it by hand" },
  teams: { what: "a team", cure: "change it by hand" },
} as const;

/** Something new; nothing to do when it is there and the same, refused when it is there and something else. */
export function add(files: readonly PlainFile[], section: keyof typeof SECTIONS, key: string, value: Plain): Planned {
  const { what, cure } = SECTIONS[section];
  const holder = files.find((each) => Object.hasOwn(mapOf(each[section]), key));
  if (holder !== undefined) {
    const there = `there is ${what} ${quote(key)} already`;
    const others =
      Object.keys(mapOf(value)).length === 0 ? [] : differences(mapOf(mapOf(holder[section])[key]), mapOf(value));
    return others.length === 0 ? noChange(there) : refused(`${there}: ${others.join(", ")}; ${cure}`);
  }
  const file = files.findIndex((each) => each[section] !== undefined);
  if (file >= 0) return { kind: "steps", file, steps: [{ kind: "put", path: [section], key, value }], notes: [] };
  return {
    kind: "steps",
    file: 0,
    steps: [{ kind: "put", path: [], key: section, value: { [key]: value } }],
    notes: [],
  };
}

/** What the roster says differently, or in addition. */
function differences(old: Record<string, Plain>, given: Record<string, Plain>): readonly string[] {
  const otherwise = Object.entries(given).flatMap(([key, value]) => {
    const there = Object.hasOwn(old, key) ? old[key] : undefined;
    if (there === undefined) return [`${quote(key)} is not there`];
    const text = typeof there === "string" ? there : flowText(there);
    return stableJson(there) === stableJson(value) ? [] : [`${quote(key)} is ${quote(text)}`];
  });
  const beside = Object.keys(old).filter((key) => !Object.hasOwn(given, key));
  return [...otherwise, ...beside.map((key) => `${quote(key)} is there too`)];
}
