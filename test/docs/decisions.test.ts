import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "../support/run-command";

const FOLDER = join(HOME, "docs/decisions");
const LINES = 45;
const WIDTH = 120;
const PARTS = ["Context", "Positions", "Decision", "Consequences"];

interface Note {
  readonly name: string;
  readonly text: string;
}

const read = (name: string): Note => ({ name, text: readFileSync(join(FOLDER, name), "utf8") });
const NOTES = readdirSync(FOLDER)
  .filter((name) => name !== "README.md")
  .sort()
  .map(read);
const INDEX = read("README.md").text;

/** What is wrong with the form of a note. */
function faults({ name, text }: Note): readonly string[] {
  const lines = text.trimEnd().split("\n");
  const number = /^(\d{3})-[a-z]+(-[a-z]+)*\.md$/.exec(name)?.[1];
  const parts = [...text.matchAll(/^\*\*(\w+)\.\*\* \S/gm)]
    .map(([, part = ""]) => part)
    .filter((part) => PARTS.includes(part));
  return [
    ...(number === undefined ? ["the file is not called NNN-words.md"] : []),
    ...(lines[0]?.startsWith(`# ${number}: `) ? [] : ["the title does not begin with the number"]),
    ...(/^Status: (accepted|proposed|replaced by \d{3}), \d{4}-\d{2}-\d{2}$/.test(lines[2] ?? "") ? [] : ["no status"]),
    ...(String(parts) === String(PARTS) ? [] : [`the parts are ${parts.join(", ")}`]),
    ...(/^##/m.test(text) ? ["it has sections"] : []),
    ...(lines.length > LINES ? [`${lines.length} lines`] : []),
    ...lines.flatMap((line, index) => (line.length > WIDTH ? [`line ${index + 1} has ${line.length} characters`] : [])),
  ];
}

test.each(NOTES)("$name has status, context, positions, decision and consequences, on one screen", (note) => {
  expect(faults(note)).toEqual([]);
});

test("every number is given once, and the index names each note and each number without one", () => {
  const numbers = NOTES.map(({ name }) => name.slice(0, 3));
  expect(numbers.filter((each, at) => numbers.indexOf(each) !== at)).toEqual([]);
  const rows = [...INDEX.matchAll(/^\| \[(\d{3})\]\(([^)]+)\) \| (.+) \|$/gm)].map(([, , file, title]) => [
    file,
    title,
  ]);
  expect(rows.map(([file]) => file)).toEqual(NOTES.map(({ name }) => name));
  const titles = NOTES.map(({ text }) => (text.split("\n")[0] ?? "").slice("# 000: ".length).toLowerCase());
  expect(rows.map(([, title]) => title?.toLowerCase())).toEqual(titles);
  const last = Number(numbers.at(-1));
  const all = Array.from({ length: last }, (_, at) => String(at + 1).padStart(3, "0"));
  const explained = INDEX.slice(INDEX.indexOf("## Numbers without a note")).match(/\b\d{3}\b/g) ?? [];
  expect(all.filter((each) => !numbers.includes(each))).toEqual(explained);
});

test("a planted note without positions, too long and too wide, is found", () => {
  const note =
    "# 999: A title\n\nStatus: accepted, 2026-12-01\n\n**Context.** a\n\n**Decision.** b\n\n**Consequences.** c\n";
  expect(faults({ name: "999-a-title.md", text: note })).toEqual(["the parts are Context, Decision, Consequences"]);
  const whole = note.replace("**Decision", "**Positions.** p\n\n**Decision");
  expect(faults({ name: "999-a-title.md", text: whole })).toEqual([]);
  expect(faults({ name: "998-a-title.md", text: whole })).toEqual(["the title does not begin with the number"]);
  expect(faults({ name: "999-a-title.md", text: whole + "x\n".repeat(40) })).toEqual(["51 lines"]);
  expect(faults({ name: "999-a-title.md", text: `${whole}${"x".repeat(121)}\n` })).toEqual([
    "line 12 has 121 characters",
  ]);
  expect(faults({ name: "999-a-title.md", text: whole.replace(", 2026-12-01", "") })).toEqual(["no status"]);
});
