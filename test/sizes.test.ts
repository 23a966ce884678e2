import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { ROOT, sources } from "./support/sources";

const FILE_LINES = 300;
const FUNCTION_LINES = 40;

/** Files and functions that may be longer, each with the reason. */
const LONGER: Readonly<Record<string, string>> = {
  "test/cli/devices/devices.test.ts": "one person on one local AWS, which takes long to start; its groups are five",
  "test/cli/profiles.test.ts": "real clients on one local AWS, which takes long to start; its groups are three",
};

/** `path: 312 lines` or `path name: 45 lines` for what is too long. A group of tests is no function. */
function tooLong(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const lines = text.split("\n").length - 1;
  const found = lines > FILE_LINES ? [`${path}: ${lines} lines`] : [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined && !isGroup(node)) {
      const length = lineOf(node.end) - lineOf(node.getStart(source)) + 1;
      if (length > FUNCTION_LINES) found.push(`${path} ${nameOf(node)}: ${length} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isGroup({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^describe/.test(parent.expression.getText());
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  const first = ts.isCallExpression(parent) ? parent.arguments[0] : undefined;
  return first !== undefined && ts.isStringLiteralLike(first) ? JSON.stringify(first.text) : "without a name";
}

const PARTS = [".github", "bench", "bin", "main.ts", "modules", "scripts", "stacks", "test"];

test(`no file has more than ${FILE_LINES} lines and no function more than ${FUNCTION_LINES}, but for those named`, () => {
  const found = PARTS.flatMap((part) => sources(join(ROOT, part))).flatMap((file) =>
    tooLong(relative(ROOT, file), readFileSync(file, "utf8")),
  );
  const what = (line: string) => line.replace(/: \d+ lines$/, "");
  expect(found.filter((line) => !(what(line) in LONGER))).toEqual([]);
  const met = new Set(found.map(what));
  expect(Object.keys(LONGER).filter((name) => !met.has(name))).toEqual([]);
});

test("a planted long file and a planted long function are found", () => {
  const line = "  f();\n";
  expect(tooLong("a.ts", line.repeat(301))).toEqual(["a.ts: 301 lines"]);
  expect(tooLong("a.ts", line.repeat(300))).toEqual([]);
  const body = (lines: number) => `{\n${line.repeat(lines - 2)}}`;
  expect(tooLong("a.mjs", `export const run = () => ${body(41)};`)).toEqual(["a.mjs run: 41 lines"]);
  expect(tooLong("a.ts", `class A {\n  b() ${body(41)}\n}`)).toEqual(["a.ts b: 41 lines"]);
  expect(tooLong("a.ts", `test("long", () => ${body(41)});`)).toEqual(['a.ts "long": 41 lines']);
  expect(tooLong("a.ts", `describe("many", () => ${body(41)});`)).toEqual([]);
  expect(tooLong("a.ts", `function run() ${body(40)}`)).toEqual([]);
});
