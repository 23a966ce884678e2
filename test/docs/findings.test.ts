import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { HOME } from "../support/run-command";
import { PAGES } from "./pages";

const FINDINGS = PAGES.find(({ name }) => name === "docs/findings.md")?.lines.join("\n") ?? "";
const REFERENCE = PAGES.find(({ name }) => name === "docs/reference.md")?.lines.join("\n") ?? "";

/** Where findings of the roster, of the rules, and of an account are made. */
const FOLDERS = ["modules/roster", "modules/access", "modules/review/rules", "modules/proof/entrances"];
/** `finding("code", place, ...)` and its like, and `code: "code"`. */
const MADE =
  /\b(?:finding|note|unknown|breach|change|ruleChange|error|whole|add)\(\s*"([a-z]+(?:-[a-z]+)+)",|\bcode: "([a-z]+(?:-[a-z]+)+)"/g;

test("docs/findings.md has the code of every finding, and no other", () => {
  const made = new Set(FOLDERS.flatMap(sources).flatMap(codesOf));
  expect(made.size).toBeGreaterThan(80);
  const listed = new Set(["Of the roster", "Of the rules", "Of an account"].flatMap(listedIn));
  expect([...made].filter((code) => !listed.has(code))).toEqual([]);
  const everything = FOLDERS.flatMap(sources)
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const stale = [...listed].filter((code) => !made.has(code) && !everything.includes(`"${code}"`));
  expect(stale.filter((code) => !/^unknown-(account|environment|team|tier)$/.test(code))).toEqual([]);
});

/** Words in the files of the proof's checks that look like the name of a claim. */
const NO_CLAIMS = ["account-access", "ecs-tasks", "role-session", "somebody-else"];

test.each([
  ["Claims of a proof", "modules/proof/checks", claimsOf, NO_CLAIMS, 45],
  ["Checks of an audit", "modules/audit", checksOf, [], 10],
] as const)("docs/findings.md lists under %s what %s makes, and no other", (heading, folder, read, others, least) => {
  const made = new Set(sources(folder).flatMap((file) => read(parse(readFileSync(file, "utf8")))));
  expect(others.filter((word) => !made.has(word))).toEqual([]);
  const codes = [...made].filter((word) => !(others as readonly string[]).includes(word)).sort();
  expect(codes.length).toBeGreaterThan(least);
  expect([...new Set(listedIn(heading))].sort()).toEqual(codes);
});

test("docs/findings.md lists every kind of change that the type knows, and no other", () => {
  const kinds = literalsOf("modules/review/access-change.ts", "AccessChangeKind");
  expect(kinds.length).toBeGreaterThan(100);
  expect([...new Set(listedIn("Changes of access"))].sort()).toEqual(kinds);
});

test("a planted claim and check are read", () => {
  const source = parse(`
    say("new-claim", "two words");
    const breach = { claim: "single", kind: "new-kind" };
    interface Change { readonly kind: "one" | "other-kind" }
    export const DIFFERS = "it-differs";
    const { finding } = itemsOf("new-check", account);
    push({ check: "whole", kind: DIFFERS });`);
  expect(claimsOf(source)).toEqual(["new-claim", "single", "new-kind", "other-kind", "it-differs", "new-check"]);
  expect(checksOf(source)).toEqual(["new-check", "whole"]);
});

test("and every key of the roster and of review.yaml", () => {
  for (const file of ["roster.schema.json", "review.schema.json"]) {
    const keys = keysOf(JSON.parse(readFileSync(join(HOME, file), "utf8")));
    expect([...keys].filter((key) => !REFERENCE.includes(`\`${key}\``))).toEqual([]);
  }
});

test("the glossary has every word of the design, in the order of the alphabet", () => {
  const start = REFERENCE.indexOf("\n## Glossary\n");
  const rows = [...REFERENCE.slice(start).matchAll(/^\| ([a-z ]+) \| .+ \|$/gm)].map(([, word = ""]) => word);
  const words = rows.filter((word) => word !== "word");
  expect(words).toEqual([...words].sort());
  const needed =
    "access plan,account,boundary,change,claim,finding,grant,holding,person,role,roster,stack,team,tier,trust";
  const missing = `${needed},user account,verdict,workload account`.split(",").filter((word) => !words.includes(word));
  expect(missing).toEqual([]);
});

function sources(path: string): readonly string[] {
  return readdirSync(join(HOME, path), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(HOME, path, name));
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
}

function wordsWhere(source: ts.SourceFile, holds: (word: ts.StringLiteral) => boolean): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && /^[a-z]+(-[a-z]+)*$/.test(node.text) && holds(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The name of the property that a word is a value of, also as one of several. */
function propertyOf(word: ts.StringLiteral): string | undefined {
  let node: ts.Node = word.parent;
  while (ts.isLiteralTypeNode(node) || ts.isUnionTypeNode(node) || ts.isConditionalExpression(node)) node = node.parent;
  return ts.isPropertySignature(node) || ts.isPropertyAssignment(node) ? node.name.getText() : undefined;
}

/** Words with a hyphen, in whatever way they become a claim, and what is written as one. */
function claimsOf(source: ts.SourceFile): readonly string[] {
  return wordsWhere(source, (word) => word.text.includes("-") || propertyOf(word) === "claim");
}

function checksOf(source: ts.SourceFile): readonly string[] {
  const calls = (node: ts.Node) => ts.isCallExpression(node) && node.expression.getText() === "itemsOf";
  return wordsWhere(source, (word) => propertyOf(word) === "check" || calls(word.parent));
}

/** The words of a union type, as the compiler knows them. */
function literalsOf(file: string, name: string): readonly string[] {
  const { config } = ts.readConfigFile(join(HOME, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, HOME);
  const program = ts.createProgram([join(HOME, file)], options);
  const statements = program.getSourceFile(join(HOME, file))?.statements ?? [];
  const alias = statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === name);
  if (alias === undefined) throw new Error(`${file} has no type ${name}`);
  const type = program.getTypeChecker().getTypeAtLocation(alias);
  return (type.isUnion() ? type.types : [type]).flatMap((each) => (each.isStringLiteral() ? each.value : [])).sort();
}

function codesOf(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(MADE)].map(([, called, named]) => called ?? named ?? "");
}

/** Every word of small letters in the first column of a section's table. */
function listedIn(heading: string): readonly string[] {
  const start = FINDINGS.indexOf(`\n## ${heading}\n`);
  if (start === -1) throw new Error(`docs/findings.md has no section ${heading}`);
  const end = FINDINGS.indexOf("\n## ", start + 1);
  const rows = FINDINGS.slice(start, end === -1 ? undefined : end).match(/^\| `[^|]+\|/gm) ?? [];
  return rows.flatMap((row) => [...row.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, code = ""]) => code));
}

/** Names of all properties of a schema, at any depth. */
function keysOf(schema: unknown): ReadonlySet<string> {
  if (typeof schema !== "object" || schema === null) return new Set();
  const own =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  return new Set([...own, ...Object.values(schema).flatMap((each) => [...keysOf(each)])]);
}
