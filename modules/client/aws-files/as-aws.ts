import {
  type AwsFileKind,
  type FileReading,
  linesOf,
  type FileRefusal,
  type ClientSection,
  type Setting,
} from "./reading";
import { shellSplit } from "./shell-split";

/** What Python takes for white space; JavaScript's differs. Source: Python documentation, `str.isspace`. */
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const IS_SPACE = new RegExp(`^${SPACE}$`);

function indentOf(text: string): number {
  let at = 0;
  while (IS_SPACE.test(text[at] ?? "")) at++;
  return at;
}

function stripEnd(text: string): string {
  let end = text.length;
  while (IS_SPACE.test(text[end - 1] ?? "")) end--;
  return text.slice(0, end);
}

function strip(text: string): string {
  return stripEnd(text.slice(indentOf(text)));
}

/** A section that grows. */
interface Growing {
  readonly name: string;
  readonly line: number;
  readonly settings: { name: string; parts: string[]; line: number }[];
  /** Where each name was set first. */
  readonly first: Map<string, number>;
}

interface State {
  readonly sections: Growing[];
  readonly byName: Map<string, Growing>;
  readonly refusals: FileRefusal[];
  current: Growing | undefined;
  option: Growing["settings"][number] | undefined;
  indent: number;
}

/** To Python its settings are those of every other section as well. */
const FOR_ALL = "DEFAULT";

/**
 * A file as the aws client (botocore) reads it: Python's `configparser`, then profiles by `shlex`. Every reason for a refusal is
 * told, not only the first. Source: Python 3 documentation, configparser, "Supported INI File Structure"; botocore `configloader`.
 * Held to botocore itself by a test.
 */
export function readAsAws(file: AwsFileKind, text: string): FileReading {
  const state: State = {
    sections: [],
    byName: new Map(),
    refusals: [],
    current: undefined,
    option: undefined,
    indent: 0,
  };
  if (text.includes("\ufffd"))
    state.refusals.push({ line: 1, what: "is not valid UTF-8", cure: "save the file as UTF-8" });
  for (const { text: line, line: number } of linesOf(text, /\r\n|\n|\r/)) takeLine(state, line, number);
  const made = state.sections.map((each) => finish(state, each));
  const forAll = made.filter(({ name }) => name === FOR_ALL).flatMap(({ settings }) => settings);
  const sections = made
    .filter(({ name }) => name !== FOR_ALL)
    .map((each) => ({ ...each, settings: [...forAll.filter(({ name }) => !sets(each, name)), ...each.settings] }));
  const named = file === "credentials" ? sections.map((each) => ({ ...each, profile: each.name })) : profiles(sections);
  return { file, sections: named, refusals: state.refusals };
}

function sets({ settings }: ClientSection, name: string): boolean {
  return settings.some((each) => each.name === name);
}

function takeLine(state: State, line: string, number: number): void {
  const value = strip(line);
  if (value === "" || value.startsWith("#") || value.startsWith(";")) {
    if (value === "") state.option?.parts.push("");
    return;
  }
  const indent = indentOf(line);
  if (state.option !== undefined && indent > state.indent) {
    state.option.parts.push(value);
    return;
  }
  state.indent = indent;
  const header = /^\[(.+)\]/s.exec(value)?.[1];
  if (header !== undefined) openSection(state, header, number);
  else if (state.current === undefined)
    state.refusals.push(
      value.startsWith("\ufeff")
        ? { line: number, what: "begins with a byte order mark", cure: "save the file as UTF-8 without one" }
        : {
            line: number,
            what: "is above the first section",
            cure: "move it below a section's header, or remove it",
          },
    );
  else addOption(state, state.current, value, number);
}

function openSection(state: State, name: string, line: number): void {
  const first = state.byName.get(name);
  if (first !== undefined && name !== FOR_ALL)
    state.refusals.push({
      line,
      what: `repeats the section of line ${first.line}`,
      cure: "merge the two, or rename one",
    });
  state.current = { name, line, settings: [], first: first?.first ?? new Map() };
  state.byName.set(name, first ?? state.current);
  state.sections.push(state.current);
  state.option = undefined;
}

function addOption(state: State, section: Growing, value: string, line: number): void {
  const [, option, rest = ""] = /^(.*?)[=:](.*)$/s.exec(value) ?? [];
  const name = strip(option ?? "").toLowerCase();
  if (name === "") {
    state.refusals.push({
      line,
      what: "is neither a section nor a setting",
      cure: "remove it, or write it as name = value",
    });
    // As Python goes on: what has no delimiter does not end the setting before it.
    if (option !== undefined) state.option = undefined;
    return;
  }
  const first = section.first.get(name);
  if (first !== undefined)
    state.refusals.push({ line, what: `sets ${name} a second time, after line ${first}`, cure: "remove one" });
  else section.first.set(name, line);
  state.option = { name, parts: [strip(rest)], line };
  section.settings.push(state.option);
}

/** A value that begins on the line below is a nested block, which is nobody's own setting. */
function finish(state: State, { name, line, settings }: Growing): ClientSection {
  const own = settings.flatMap((each): readonly Setting[] => {
    const value = stripEnd(each.parts.join("\n"));
    if (!value.startsWith("\n")) return [{ name: each.name, value, line: each.line, header: line }];
    const bad = value.split("\n").some((inner) => strip(inner) !== "" && !inner.includes("="));
    if (bad)
      state.refusals.push({
        line: each.line,
        what: `has a line below ${each.name} that is not a setting`,
        cure: "write it as name = value, or remove it",
      });
    return [];
  });
  return { name, lines: [line], settings: own, skipped: [] };
}

/** Of two sections for one profile the last in the file is it. */
function profiles(sections: readonly ClientSection[]): readonly ClientSection[] {
  const last = new Map<string, ClientSection>();
  const names = sections.map(({ name }) => {
    if (name === "default") return name;
    const words = name.startsWith("profile") ? shellSplit(name) : undefined;
    return words?.length === 2 ? words[1] : undefined;
  });
  sections.forEach((each, at) => {
    const profile = names[at];
    if (profile !== undefined) last.set(profile, each);
  });
  return sections.map((each, at) => {
    const profile = names[at];
    if (profile === undefined) return each;
    return last.get(profile) === each ? { ...each, profile } : { ...each, replaced: true };
  });
}
