import fc from "fast-check";
import { codeChanges } from "../../../modules/review/code/code-changes";
import { type FileKind, judgeFile, type Project } from "../../../modules/review/code/judge-files";
import data from "../../../modules/review/code/places.json";
import { parseShell } from "../../../modules/review/code/reading/shell";
import { readText } from "../../../modules/review/code/reading/read-text";
import { reviewVerdictOf } from "../../../modules/review/access-change";

/** What a review comes to when this file alone changes, without and with what both sides synthesized. */
function verdicts(path: string, project: Project, before: FileKind = "file", after: FileKind = "file") {
  const judged = judgeFile({ path, before, after }, project);
  const files = judged.is === "code" ? [judged.file] : [];
  return [false, true].map((synthesized) => reviewVerdictOf(codeChanges(files, synthesized)));
}
const passes = (found: readonly string[]) => found.some((verdict) => verdict === "none" || verdict === "narrowing");

/** One path for each way to write a place. */
function pathsOf(glob: string): readonly string[] {
  const path = glob.replace(/\*\*/g, "some/resource-text").replace(/\*/g, "x");
  const upper = path.toUpperCase();
  return [path, upper, `${path}. `];
}

describe("mutants of the class: file that is code", () => {
  const projects = ["", "access/", "teams/access/"];
  const wheres: Readonly<Record<string, (project: string) => readonly string[]>> = {
    top: () => [""],
    above: (project) => ["", "teams/", "teams/access/"].filter((folder) => project.startsWith(folder)),
    anywhere: () => ["", "shop/", "a/b/c/"],
  };
  const mutants = projects.flatMap((folder) =>
    data.places.flatMap(({ where, paths }) =>
      (wheres[where]?.(folder) ?? []).flatMap((above) =>
        paths.flatMap(pathsOf).map((path) => ({ folder, path: `${above}${path}` })),
      ),
    ),
  );

  test("every place that tools read is caught, one file at a time, whatever its case", () => {
    const alive = mutants.filter(({ folder, path }) => passes(verdicts(path, { folder })));
    expect(alive).toEqual([]);
    expect(mutants.length).toBeGreaterThan(1_000);
  });

  test("the same files in another folder of the repository are somebody else's: the check can fail", () => {
    const elsewhere = ["shop/package.json", "shop/.github/workflows/x.yml", "shop/CODEOWNERS", "shop/docs/CODEOWNERS"];
    expect(elsewhere.filter((path) => passes(verdicts(path, { folder: "access/" })))).toEqual(elsewhere);
  });

  test("every kind but a regular file is caught under the name of data, on either side", () => {
    const names = ["roster.yaml", "review.yaml", "roster/a.yaml", "README.md", "docs/x.png", "LICENSE"];
    const kinds = ["executable", "link", "module", "other"] as const;
    for (const name of names)
      for (const kind of kinds) {
        expect(passes(verdicts(name, { folder: "" }, kind, "file"))).toBe(false);
        expect(passes(verdicts(name, { folder: "" }, "file", kind))).toBe(false);
      }
    expect(names.filter((name) => passes(verdicts(name, { folder: "" })))).toEqual(names);
  });
});

test("law: in the project's folder what is not on the list of data never passes", () => {
  const part = fc.oneof(
    fc.constantFrom("roster", "docs", "src", ".github", "node_modules", "x.md", "modules", "test", "..x", "ROSTER"),
    fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.replaceAll("/", "-")),
  );
  const end = fc.constantFrom("", ".md", ".yaml", ".yml", ".ts", ".txt", ".svg", ".png", ".MD", ".md.", ".json", " ");
  const name = fc.oneof(fc.constantFrom("roster", "review", "README", "package", "CLAUDE", "x"), part);
  const path = fc
    .tuple(fc.array(part, { maxLength: 3 }), name, end)
    .map(([above, base, ending]) => [...above, `${base}${ending}`].join("/"));
  const project = fc.constantFrom("", "access/");
  // Written a second time, and otherwise: by what it is to be, not by how it is found.
  const isData = (rest: string) =>
    /^(roster\.ya?ml|review\.yaml|roster\/[^./][^/]*\.ya?ml)$/.test(rest) ||
    /^([^.][^/]*\/)*[^/]*\.(md|png|markdown|adoc|rst|jpe?g|gif|webp|avif|ico|asciidoc)$/i.test(rest) ||
    /^([^.][^/]*\/)*(license|licence|copying|notice|authors|contributors|changelog|changes|readme|copyright)(\.txt)?$/i.test(
      rest,
    );
  fc.assert(
    fc.property(path, project, (rest, folder) => {
      if (passes(verdicts(`${folder}${rest}`, { folder }))) expect([rest, isData(rest)]).toEqual([rest, true]);
    }),
    { numRuns: 5_000 },
  );
});

test("the roster that is named is data, and the one that is not is code", () => {
  const project = { folder: "access/", roster: "access/people.yaml" };
  expect(passes(verdicts("access/people.yaml", project))).toBe(true);
  expect(passes(verdicts("access/roster.yaml", project))).toBe(false);
  expect(passes(verdicts("access/parts/a.yaml", { folder: "access/", roster: "access/parts" }))).toBe(true);
  expect(passes(verdicts("access/parts/b/a.yaml", { folder: "access/", roster: "access/parts" }))).toBe(false);
});

test("law: no text makes the readers of scripts and pipelines throw or hang", () => {
  const piece = fc.constantFrom(
    "$(",
    "${{ ",
    " }}",
    "`",
    '"',
    "'",
    "\\",
    "(",
    ")",
    "|",
    "<<",
    "a/b",
    "\n",
    "- ",
    ": ",
    "&x ",
    "*x",
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.constantFrom("x.sh", "x.yml", "package.json", "x.js", "Makefile"), (given, path) => {
      parseShell(given);
      readText(path, given);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "sh -c '",
  "npx ",
  "a>b\n",
  "eval '",
  "x | sh\n",
  "$(",
  "${{",
  "${",
  '"$(',
  "`",
  "\n",
  "a",
  "$a",
  "\\ ",
  "'",
  "( ",
  "$(cd ",
  "exec ",
  "{a,",
  "[a",
])("a text of nothing but %j is read in no time", (piece) => {
  const text = piece.repeat(390_000 / piece.length);
  const start = process.hrtime.bigint();
  for (const path of ["x.sh", "x.yml", "x.js", "package.json"]) readText(path, text);
  expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(20);
});
