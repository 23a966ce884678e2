import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { ROOT, sources } from "./support/sources";

/** Names that may stand in several files, each with the reason. */
const SHARED: Readonly<Record<string, string>> = {
  UserAccount: "the account of the roster, and the construct that declares what is in it",
};

/** Names that say nothing, whatever they are used for. */
const EMPTY_WORDS =
  /^(able|among|anew|data|do(It)?|handle|helper|info|it|manager|misc|nothing|process|putOut|stuff|thing|things|told|util)$/i;

/** What a file exports itself; what it passes on from another file keeps that file's name and idea. */
function exportedNames(source: ts.SourceFile): readonly string[] {
  const names = source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return statement.moduleSpecifier === undefined ? ownNames(statement) : [];
    if (!ts.canHaveModifiers(statement)) return [];
    const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported ? declaredNames(statement) : [];
  });
  return [...new Set(names)];
}

function ownNames({ exportClause }: ts.ExportDeclaration): readonly string[] {
  return exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : [];
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? name.text : []));
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier };
  return name === undefined ? [] : [name.text];
}

type Files = readonly (readonly [path: string, text: string])[];

/** `Place: a.ts, b.ts` for each exported name of several files. */
function namesOfTwoIdeas(files: Files): readonly string[] {
  const homes = new Map<string, readonly string[]>();
  for (const [path, text] of files)
    for (const name of exportedNames(ts.createSourceFile(path, text, ts.ScriptTarget.Latest)))
      homes.set(name, [...(homes.get(name) ?? []), path]);
  return [...homes].filter(([, paths]) => paths.length > 1).map(([name, paths]) => `${name}: ${paths.join(", ")}`);
}

function emptyNames(files: Files): readonly string[] {
  return files.flatMap(([path, text]) =>
    exportedNames(ts.createSourceFile(path, text, ts.ScriptTarget.Latest))
      .filter((name) => EMPTY_WORDS.test(name))
      .map((name) => `${name}: ${path}`),
  );
}

const FILES: Files = ["modules", "stacks"]
  .flatMap((path) => sources(join(ROOT, path)))
  .map((file) => [relative(ROOT, file), readFileSync(file, "utf8")] as const);

test("no exported name stands for two ideas", () => {
  const found = namesOfTwoIdeas(FILES);
  expect(found.filter((line) => !((line.split(":")[0] ?? "") in SHARED))).toEqual([]);
  expect(Object.keys(SHARED).filter((name) => !found.some((line) => line.startsWith(`${name}:`)))).toEqual([]);
});

test("every exported name says what it is", () => {
  expect(emptyNames(FILES)).toEqual([]);
});

test("a planted second idea and a planted empty name are found", () => {
  const planted: Files = [
    ["a.ts", "export interface Place {}\nexport const place = 1, thing = 2;\n"],
    ["b.ts", "export type Place = string;\nexport function place(): void {}\n"],
    ["c.ts", 'export { place } from "./a";\nfunction told(): void {}\nexport { told };\n'],
  ];
  expect(namesOfTwoIdeas(planted)).toEqual(["Place: a.ts, b.ts", "place: a.ts, b.ts"]);
  expect(emptyNames(planted)).toEqual(["thing: a.ts", "told: c.ts"]);
  expect(namesOfTwoIdeas([["a.ts", "export type Both = string;\nexport const Both = 1;\n"]])).toEqual([]);
});
