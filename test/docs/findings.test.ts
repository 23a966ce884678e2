import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "../support/run-command";
import { PAGES } from "./pages";

const REFERENCE = PAGES.find(({ name }) => name === "docs/reference.md")?.lines.join("\n") ?? "";

/** Where findings of the roster, of the rules, and of an account are made. */
const FOLDERS = ["modules/roster", "modules/access", "modules/review/rules", "modules/proof/entrances"];
/** `finding("code", place, ...)` and its like, and `code: "code"`. */
const MADE =
  /\b(?:finding|note|unknown|breach|change|ruleChange|error|whole|add)\(\s*"([a-z]+(?:-[a-z]+)+)",|\bcode: "([a-z]+(?:-[a-z]+)+)"/g;

test("docs/reference.md has the code of every finding, and no other", () => {
  const made = new Set(FOLDERS.flatMap(sources).flatMap(codesOf));
  expect(made.size).toBeGreaterThan(80);
  const listed = new Set([...section("## Findings").matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code = ""]) => code));
  expect([...made].filter((code) => !listed.has(code))).toEqual([]);
  const everything = FOLDERS.flatMap(sources)
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const stale = [...listed].filter((code) => !made.has(code) && !everything.includes(`"${code}"`));
  expect(stale.filter((code) => !/^unknown-(account|environment|team|tier)$/.test(code))).toEqual([]);
});

test("and every key of the roster and of review.yaml", () => {
  for (const file of ["roster.schema.json", "review.schema.json"]) {
    const keys = keysOf(JSON.parse(readFileSync(join(HOME, file), "utf8")));
    expect([...keys].filter((key) => !REFERENCE.includes(`\`${key}\``))).toEqual([]);
  }
});

function sources(path: string): readonly string[] {
  return readdirSync(join(HOME, path), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(HOME, path, name));
}

function codesOf(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(MADE)].map(([, called, named]) => called ?? named ?? "");
}

function section(heading: string): string {
  const start = REFERENCE.indexOf(`\n${heading}\n`);
  return REFERENCE.slice(start, REFERENCE.indexOf("\n## ", start + 1));
}

/** Names of all properties of a schema, at any depth. */
function keysOf(schema: unknown): ReadonlySet<string> {
  if (typeof schema !== "object" || schema === null) return new Set();
  const own =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  return new Set([...own, ...Object.values(schema).flatMap((each) => [...keysOf(each)])]);
}
