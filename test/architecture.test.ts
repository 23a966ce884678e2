import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { ROOT, sources } from "./support/sources";

/** What each part may import of the others, besides what `SHARED` names. A part that is not listed may import nothing. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  "modules/iam": [],
  "modules/machine": [],
  "modules/evaluator": ["modules/iam"],
  "modules/roster": ["modules/iam"],
  "modules/tiers": ["modules/iam"],
  "modules/access": ["modules/roster", "modules/tiers", "modules/proof", "modules/iam"],
  "modules/proof": ["modules/evaluator", "modules/iam"],
  "modules/terraform": ["modules/iam", "modules/machine"],
  "modules/live": ["modules/access", "modules/client", "modules/iam"],
  "modules/people": [
    "modules/access",
    "modules/evaluator",
    "modules/iam",
    "modules/live",
    "modules/proof",
    "modules/roster",
  ],
  "modules/audit": [
    "modules/access",
    "modules/iam",
    "modules/live",
    "modules/people",
    "modules/proof",
    "modules/roster",
  ],
  "modules/report": ["modules/access", "modules/evaluator", "modules/proof", "modules/roster"],
  "modules/review": [
    "modules/access",
    "modules/evaluator",
    "modules/iam",
    "modules/proof",
    "modules/roster",
    "modules/terraform",
  ],
  "modules/client": ["modules/access", "modules/evaluator", "modules/proof", "modules/roster", "modules/iam"],
  "modules/sandbox": ["modules/machine", "modules/roster"],
  stacks: ["modules/access", "modules/roster", "modules/terraform", "modules/iam"],
  "modules/cli": [
    "modules/access",
    "modules/audit",
    "modules/client",
    "modules/evaluator",
    "modules/iam",
    "modules/live",
    "modules/machine",
    "modules/people",
    "modules/proof",
    "modules/report",
    "modules/review",
    "modules/roster",
    "modules/sandbox",
    "modules/terraform",
    "modules/tiers",
    "package.json",
  ],
  scripts: ["modules/cli", "modules/iam", "modules/live", "modules/machine", "modules/report"],
  bench: [
    "modules/access",
    "modules/cli",
    "modules/evaluator",
    "modules/iam",
    "modules/machine",
    "modules/sandbox",
    "modules/tiers",
    "test",
  ],
  bin: [],
  ".github": [],
  "main.ts": ["stacks", "modules/cli", "modules/machine", "modules/sandbox"],
};

/** Plain values and words that every part may use. */
const SHARED = [
  "modules/finding.ts",
  "modules/known.ts",
  "modules/pool.ts",
  "modules/refusal.ts",
  "modules/text.ts",
  "modules/words.ts",
];

/** Who may load cdktf and the provider's constructs. */
const CDKTF_USERS: Readonly<Record<string, string>> = {
  "main.ts": "makes the app",
  stacks: "declares the resources",
  "bench/bare-app.ts": "the peer: the same stacks without Rolecall",
};

interface Face {
  readonly by: readonly string[];
  readonly is: string;
}

/**
 * A folder or file inside a module is closed to other modules. These are open, to the parts named: each is an area with
 * words of its own, whose files its importers name one by one, or a single file that others need.
 */
const FACES: Readonly<Record<string, Face>> = {
  "modules/cli/roster/page-assets.ts": { by: ["scripts"], is: "the page's style and script, read from the disk" },
  "modules/cli/roster/read-roster.ts": { by: ["bench", "scripts"], is: "the roster, read from the disk" },
  "modules/cli/roster/compiled-roster.ts": { by: ["main.ts"], is: "the access plan to synthesize" },
  "modules/cli/stacks/provider-lock.ts": { by: ["main.ts"], is: "the reviewed lock file beside each stack" },
  "modules/client/aws-files": { by: ["modules/cli", "modules/live"], is: "~/.aws, as each client reads it" },
  "modules/client/devices": { by: ["modules/cli", "modules/live"], is: "MFA devices; ports for the adapters" },
  "modules/client/doctor": { by: ["modules/cli"], is: "checks over facts" },
  "modules/client/keys": { by: ["modules/cli", "modules/live"], is: "rotation of keys; ports for the adapters" },
  "modules/client/mfa": { by: ["modules/cli"], is: "the one way to a session with MFA" },
  "modules/client/profiles": { by: ["modules/cli"], is: "profiles of a person, in each style" },
  "modules/client/session": { by: ["modules/cli", "modules/live"], is: "sessions; ports for the adapters" },
  "modules/client/welcome": { by: ["modules/cli"], is: "the page for a new person" },
  "modules/machine/git": { by: ["modules/cli"], is: "everything that git is asked" },
  "modules/people/leaving": { by: ["modules/cli"], is: "what offboarding will do and did" },
  "modules/proof/checks/breach.ts": {
    by: ["modules/people", "modules/report", "modules/review"],
    is: "what a check found",
  },
  "modules/proof/checks/check-stacks.ts": { by: ["modules/review"], is: "the setup of stacks in a plan" },
  "modules/proof/checks/compiled-account.ts": {
    by: ["modules/audit", "modules/cli", "modules/people", "modules/review"],
    is: "an account's documents, ready to be asked",
  },
  "modules/proof/checks/moments.ts": {
    by: ["modules/client", "modules/people", "modules/review"],
    is: "the ways to sign in that questions are asked for",
  },
  "modules/proof/entrances": { by: ["modules/audit", "modules/cli"], is: "who else may take a role" },
  "modules/proof/promises/promises.ts": { by: ["modules/review"], is: "what no tier may ever do" },
  "modules/report/html/document.ts": { by: ["modules/cli"], is: "the page" },
  "modules/report/picture": { by: ["modules/cli", "scripts"], is: "what page and SVG show" },
  "modules/review/code": { by: ["modules/cli"], is: "which files of a change are code" },
  "modules/review/documents": { by: ["modules/cli"], is: "the review of documents" },
  "modules/review/plan": { by: ["modules/cli"], is: "the review of saved plans" },
  "modules/review/rules": { by: ["modules/cli"], is: "rules of the repository" },
  "modules/review/sentences": { by: ["modules/cli"], is: "the sentences of changes" },
  "modules/roster/edit": { by: ["modules/cli"], is: "editing the roster in place" },
  "modules/terraform/read": { by: ["modules/cli", "modules/review", "stacks"], is: "stacks and plans as values" },
  "modules/terraform/run": { by: ["modules/cli"], is: "running Terraform over stacks" },
};

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Path below the project folder for a relative import. */
  readonly target?: string | undefined;
}

function importsOf(file: string): readonly Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.map(({ fileName: specifier }) => ({
    from: relative(ROOT, file),
    specifier,
    target: specifier.startsWith(".") ? targetOf(file, specifier) : undefined,
  }));
}

function targetOf(file: string, specifier: string): string {
  const path = resolve(dirname(file), specifier);
  const found = [path, `${path}.ts`, `${path}.js`].find((each) => existsSync(each) && statSync(each).isFile());
  return relative(ROOT, found ?? path);
}

function partOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "modules" && path.split("/").length > 2 ? `${first}/${second}` : first;
}

/** A folder inside a module, or a folder inside `stacks`. */
function isInner(path: string): boolean {
  return dirname(path) !== partOf(path) && partOf(path) !== "test" && path !== partOf(path);
}

function faceOf(target: string): string | undefined {
  return [target, dirname(target)].find((each) => each in FACES);
}

/** Cdktf stays behind its doors, and the provider's barrel, which costs seconds and 550 MB, stays shut. */
function packageBreach({ from, specifier }: Import): readonly string[] {
  if (!/^(cdktf|constructs|@cdktf\/)/.test(specifier)) return [];
  if (/^@cdktf\/provider-aws(?!\/lib\/[a-z0-9-]+$)/.test(specifier)) return [`${from} imports the barrel ${specifier}`];
  return partOf(from) in CDKTF_USERS || from in CDKTF_USERS ? [] : [`${from} imports ${specifier}`];
}

function breaches(imports: readonly Import[]): readonly string[] {
  return imports.flatMap((each) => {
    const { from, target } = each;
    if (target === undefined) return packageBreach(each);
    if (SHARED.includes(target) || partOf(target) === partOf(from)) return [];
    if (!ARROWS[partOf(from)]?.includes(partOf(target))) return [`${from} imports ${target}`];
    if (!isInner(target) || FACES[faceOf(target) ?? ""]?.by.includes(partOf(from))) return [];
    return [`${from} reaches into ${target}`];
  });
}

const PARTS = [".github", "bench", "bin", "main.ts", "modules", "scripts", "stacks"];
const FILES = PARTS.flatMap((path) => sources(join(ROOT, path)));
const IMPORTS = FILES.flatMap(importsOf);

test("imports follow the arrows, cdktf stays behind its doors, and inner folders are closed but for their faces", () => {
  expect(breaches(IMPORTS)).toEqual([]);
  expect(FILES.filter((file) => file.endsWith("js")).length).toBeGreaterThan(10);
});

test("every part has its arrows written down, and every folder of the project with sources is looked at", () => {
  const parts = new Set(FILES.map((file) => partOf(relative(ROOT, file))));
  expect([...parts].filter((part) => part !== "modules" && !(part in ARROWS))).toEqual([]);
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.git|\.rolecall|node_modules|test|findings|\..*)$/.test(entry.name))
    .filter(({ name }) => sources(join(ROOT, name)).length > 0);
  expect(folders.map(({ name }) => name).filter((name) => !PARTS.includes(name))).toEqual([]);
});

test("every arrow and every face is used", () => {
  const used = new Set(IMPORTS.flatMap(({ from, target }) => (target ? `${partOf(from)} > ${partOf(target)}` : [])));
  const arrows = Object.entries(ARROWS).flatMap(([from, targets]) => targets.map((target) => `${from} > ${target}`));
  expect(arrows.filter((arrow) => !used.has(arrow))).toEqual([]);
  const entered = new Set(IMPORTS.flatMap(({ from, target }) => `${partOf(from)} > ${faceOf(target ?? "")}`));
  const faces = Object.entries(FACES).flatMap(([face, { by }]) => by.map((from) => `${from} > ${face}`));
  expect(faces.filter((face) => !entered.has(face))).toEqual([]);
});

test("a planted breach is caught", () => {
  const planted: readonly Import[] = [
    { from: "modules/evaluator/evaluate.ts", specifier: "../tiers/trust", target: "modules/tiers/trust.ts" },
    { from: "modules/iam/arn.ts", specifier: "../roster/roster", target: "modules/roster/roster.ts" },
    { from: "modules/access/plan.ts", specifier: "cdktf" },
    { from: "bench/report.ts", specifier: "cdktf" },
    { from: "stacks/x.ts", specifier: "@cdktf/provider-aws" },
    { from: "modules/live/x.ts", specifier: "../cli/prove", target: "modules/cli/prove.ts" },
    { from: "modules/report/page/x.mjs", specifier: "../../live/send", target: "modules/live/send.ts" },
    { from: "bin/start.js", specifier: "../modules/cli/program", target: "modules/cli/program.ts" },
    { from: "bench/x.ts", specifier: "../modules/roster/parse", target: "modules/roster/parse.ts" },
    { from: "modules/cli/x.ts", specifier: "", target: "modules/roster/rules/until.ts" },
    { from: "modules/cli/x.ts", specifier: "", target: "modules/proof/promises/other.ts" },
    { from: "modules/live/x.ts", specifier: "", target: "modules/client/doctor/check.ts" },
    { from: "modules/cli/x.ts", specifier: "", target: "modules/client/doctor/checks/clock.ts" },
  ];
  expect(breaches(planted)).toHaveLength(planted.length);
  const reaches = breaches(planted).filter((line) => line.includes("reaches into"));
  expect(reaches).toHaveLength(4);
});

test("there is no cycle, no barrel and no folder of leftovers", () => {
  const graph = new Map(
    FILES.map((file) => [relative(ROOT, file), importsOf(file).flatMap(({ target }) => target ?? [])]),
  );
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return [[...trail.slice(trail.indexOf(file)), file].join(" -> ")];
    if (done.has(file)) return [];
    const found = (graph.get(file) ?? []).flatMap((next) => visit(next, [...trail, file]));
    done.add(file);
    return found;
  };
  expect([...graph.keys()].flatMap((file) => visit(file, []))).toEqual([]);
  expect([...graph.keys()].filter((file) => /(^|\/)(index\.ts|utils?|helpers?|common)(\/|$)/.test(file))).toEqual([]);
});
