import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { HOME } from "../support/run-command";
import { type Page, PAGES, proseOf } from "./pages";

const WIDTH = 120;
const README_LINES = 120;
/** What the eye takes in at once. */
const PARAGRAPH_LINES = 7;
const SECTION_LINES = 70;

test("README fits on 120 lines", () => {
  expect(PAGES[0]?.name).toBe("README.md");
  expect(PAGES[0]?.lines.length).toBeLessThanOrEqual(README_LINES);
});

test.each(PAGES)("$name: no line is over 120 characters, and a reader can skim it", (page) => {
  expect(page.lines.flatMap((line, index) => (line.length > WIDTH ? [`${index + 1}: ${line}`] : []))).toEqual([]);
  expect(paragraphs(page).filter(({ length }) => length > PARAGRAPH_LINES)).toEqual([]);
  expect(sections(page).filter(({ length }) => length > SECTION_LINES)).toEqual([]);
});

test.each(PAGES)("$name: links lead to files and headings that exist", (page) => {
  const broken = proseOf(page).flatMap((line, index) =>
    [...withoutCode(line).matchAll(/\]\(([^)]*)\)/g)].flatMap(([, target = ""]) =>
      leads(page.name, target) ? [] : [`${index + 1}: ${target}`],
    ),
  );
  expect(broken).toEqual([]);
});

test("every page is linked from the README, and no heading of a page stands twice", () => {
  const readme = PAGES[0]?.lines.join("\n") ?? "";
  expect(PAGES.slice(1).filter(({ name }) => !readme.includes(`(${name}`))).toEqual([]);
  for (const page of PAGES) {
    const all = headings(page).map(anchorOf);
    expect([page.name, all.length]).toEqual([page.name, new Set(all).size]);
  }
});

test("a link that leads nowhere is found", () => {
  expect(leads("docs/start.md", "reference.md#glossary")).toBe(true);
  expect(leads("docs/start.md", "reference.md#glossaries")).toBe(false);
  expect(leads("docs/start.md", "docs/reference.md")).toBe(false);
});

test("what code and workflows say about pages is true", () => {
  const escalations = readFileSync(join(HOME, "modules/proof/promises/escalations.json"), "utf8");
  const named = [...escalations.matchAll(/\((docs\/\w+\.md|README), \\"([^"\\]+)\\"\)/g)];
  expect(named.length).toBeGreaterThan(0);
  const missing = named.filter(
    ([, name, heading]) => !PAGES.some((page) => page.name === name && headings(page).some((each) => each === heading)),
  );
  expect(missing.map(([text]) => text)).toEqual([]);
});

function leads(from: string, target: string): boolean {
  if (/^https?:/.test(target)) return true;
  const [path = "", anchor] = target.split("#");
  const name = path === "" ? from : normalize(join(dirname(from), path));
  if (name.startsWith("..") || !existsSync(join(HOME, name))) return false;
  if (anchor === undefined) return true;
  const page = PAGES.find((each) => each.name === name);
  return page !== undefined && statSync(join(HOME, name)).isFile() && headings(page).map(anchorOf).includes(anchor);
}

function headings(page: Page): readonly string[] {
  return proseOf(page).flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number} _-]/gu, "")
    .replaceAll(" ", "-");
}

function withoutCode(line: string): string {
  return line.replace(/`[^`]*`/g, "");
}

interface Part {
  readonly line: number;
  readonly length: number;
}

/** Lines of prose that follow each other; an item of a list begins another, tables are none. */
function paragraphs(page: Page): readonly Part[] {
  const parts: { line: number; length: number }[] = [];
  let open = false;
  for (const [index, line] of proseOf(page).entries()) {
    const ends = line.trim() === "" || /^\s*\||^#/.test(line);
    const begins = !open || /^\s*([-*]|\d+\.) /.test(line);
    const last = parts.at(-1);
    if (!ends && begins) parts.push({ line: index + 1, length: 1 });
    else if (!ends && last) last.length += 1;
    open = !ends;
  }
  return parts;
}

function sections(page: Page): readonly Part[] {
  const starts = proseOf(page).flatMap((line, index) => (/^#+ /.test(line) ? [index] : []));
  return starts.map((start, index) => ({
    line: start + 1,
    length: (starts[index + 1] ?? page.lines.length) - start,
  }));
}
