import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "..");

/** What each part may import of the others, besides `modules/finding`, `modules/known`, `modules/pool`, `modules/refusal`, `modules/text` and `modules/words`. Design, section 4. */
const ARROWS: Record<string, readonly string[]> = {
  "modules/iam": [],
  "modules/machine": [],
  "modules/evaluator": ["modules/iam"],
  "modules/roster": ["modules/iam"],
  "modules/tiers": ["modules/iam"],
  "modules/access": ["modules/roster", "modules/tiers", "modules/proof", "modules/iam"],
  "modules/proof": ["modules/evaluator", "modules/iam"],
  "modules/terraform": ["modules/iam", "modules/machine"],
  "modules/live": ["modules/access", "modules/client", "modules/roster", "modules/iam"],
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
    "modules/evaluator",
    "modules/iam",
    "modules/live",
    "modules/people",
    "modules/proof",
    "modules/roster",
  ],
  "modules/report": ["modules/access", "modules/evaluator", "modules/proof", "modules/roster", "modules/iam"],
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
  scripts: ["modules/cli", "modules/iam", "modules/live", "modules/machine", "modules/report", "modules/tiers"],
  "main.ts": ["stacks", "modules/access", "modules/cli", "modules/machine", "modules/roster", "modules/sandbox"],
};
const SHARED = [
  "modules/finding.ts",
  "modules/known.ts",
  "modules/pool.ts",
  "modules/refusal.ts",
  "modules/text.ts",
  "modules/words.ts",
];
const CDKTF_USERS = ["main.ts", "stacks"];

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Path below the project folder for a relative import. */
  readonly target?: string;
}

function sources(path: string): readonly string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => sources(join(path, name)));
  return path.endsWith(".ts") ? [path] : [];
}

function importsOf(file: string): readonly Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.map(({ fileName: specifier }) => ({
    from: relative(ROOT, file),
    specifier,
    ...(specifier.startsWith(".") ? { target: targetOf(file, specifier) } : {}),
  }));
}

function targetOf(file: string, specifier: string): string {
  const path = relative(ROOT, resolve(dirname(file), specifier));
  return path.endsWith(".json") ? path : `${path}.ts`;
}

function partOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "modules" && path.split("/").length > 2 ? `${first}/${second}` : first;
}

function breaches(imports: readonly Import[]): readonly string[] {
  return imports.flatMap(({ from, specifier, target }) => {
    if (target === undefined) {
      const cdktf = /^(cdktf|constructs|@cdktf\/)/.test(specifier);
      if (!cdktf) return [];
      if (/^@cdktf\/provider-aws(?!\/lib\/[a-z0-9-]+$)/.test(specifier))
        return [`${from} imports the barrel ${specifier}`];
      return CDKTF_USERS.includes(partOf(from)) ? [] : [`${from} imports ${specifier}`];
    }
    if (SHARED.includes(target) || partOf(target) === partOf(from)) return [];
    return ARROWS[partOf(from)]?.includes(partOf(target)) ? [] : [`${from} imports ${target}`];
  });
}

const FILES = ["main.ts", "scripts", "stacks", "modules"].flatMap((path) => sources(join(ROOT, path)));

test("imports follow the arrows, and cdktf stays behind its two doors", () => {
  expect(breaches(FILES.flatMap(importsOf))).toEqual([]);
});

test("every part of modules/ has its arrows written down", () => {
  const parts = readdirSync(join(ROOT, "modules"))
    .filter(
      (name) => statSync(join(ROOT, "modules", name)).isDirectory() && sources(join(ROOT, "modules", name)).length > 0,
    )
    .map((name) => `modules/${name}`);
  expect(parts.filter((part) => !(part in ARROWS))).toEqual([]);
});

test("a planted breach is caught", () => {
  const planted: Import[] = [
    { from: "modules/evaluator/evaluate.ts", specifier: "../tiers/trust", target: "modules/tiers/trust.ts" },
    { from: "modules/iam/arn.ts", specifier: "../roster/roster", target: "modules/roster/roster.ts" },
    { from: "modules/access/plan.ts", specifier: "cdktf" },
    { from: "stacks/x.ts", specifier: "@cdktf/provider-aws" },
    { from: "modules/live/x.ts", specifier: "../cli/prove", target: "modules/cli/prove.ts" },
  ];
  expect(breaches(planted)).toHaveLength(planted.length);
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

/** Who runs programs and keeps what they leave: these have a disk and processes of necessity. */
const RUNNERS = ["modules/terraform", "modules/sandbox", "modules/cli", "modules/machine"];
/** Each reads the clock for a reason of its own: how far it is off AWS's, and how long a child process may take to start. */
const CLOCKS = ["modules/live/session-answers.ts", "modules/sandbox/sandbox.ts"];

test("below the command line, the machine and main.ts nobody reads the clock, chance, a locale, the environment or the disk", () => {
  const world = /\bnew Date\(\)|\bDate\.now\(|Math\.random\(|localeCompare|toLocale|process\.(env|cwd|argv)/;
  const machine = /from "node:(fs|os|child_process|net|https?|dns)/;
  const below = FILES.map((file) => relative(ROOT, file)).filter(
    (path) => /^(modules|stacks)\//.test(path) && !/^modules\/(cli|machine)\//.test(path),
  );
  const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
  expect(below.filter((path) => world.test(text(path)))).toEqual(CLOCKS);
  expect(below.filter((path) => machine.test(text(path)) && !RUNNERS.includes(partOf(path)))).toEqual([]);
  expect(below.length).toBeGreaterThan(300);
});

/** Programs that start another, with `git` among what they name. */
function gitRunners(read: (path: string) => string, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => /child_process/.test(read(path)) && /["'`]git\b/.test(read(path)));
}

test("git is run in exactly one place", () => {
  const paths = FILES.map((file) => relative(ROOT, file));
  const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
  expect(gitRunners(read, paths)).toEqual(["modules/machine/git/run-git.ts"]);
  const planted = 'import { spawnSync } from "node:child_process";\nspawnSync("git", ["status"]);\n';
  expect(gitRunners(() => planted, ["modules/cli/x.ts"])).toEqual(["modules/cli/x.ts"]);
});

interface Once {
  readonly what: string;
  readonly is: RegExp;
  readonly home: readonly string[];
  /** What a second one would look like. */
  readonly planted: string;
}

/** Ideas with one home each: two of a kind differ where nobody looks. */
const ONCE: readonly Once[] = [
  {
    what: "MFA codes go to AWS from one loop",
    is: /\.startSession\(/,
    home: ["modules/client/mfa/sign-in.ts"],
    planted: 'const answer = await sts.startSession(serial, "123456", 900);',
  },
  {
    what: "a file is put in place of another in one way; a lock puts a stale one aside",
    is: /\brename(Sync)?\(/,
    home: ["modules/machine/lock-file.ts", "modules/machine/replace-file.ts"],
    planted: "renameSync(draft, file)",
  },
  {
    what: "a lock's file is made in one way",
    is: /\blink(Sync)?\(/,
    home: ["modules/machine/lock-file.ts"],
    planted: 'linkSync(draft, "run.lock");',
  },
  {
    what: "whether another process lives is asked in one place",
    is: /process\.kill\([^,]+, 0\)/,
    home: ["modules/machine/lock-holder.ts"],
    planted: "process.kill(pid, 0);",
  },
  {
    what: "people are asked in one way",
    is: /\bcreateInterface\(|from "node:readline/,
    home: ["modules/machine/prompt.ts"],
    planted: "const lines = createInterface({ input: process.stdin });",
  },
  {
    what: "work on many items a few at a time is done by one pool",
    is: /Promise\.all\(\s*Array\.from\(\{ length/,
    home: ["modules/pool.ts"],
    planted: "await Promise.all(Array.from({ length: limit }, worker));",
  },
];

test.each(ONCE)("$what", ({ is, home, planted }) => {
  const paths = FILES.map((file) => relative(ROOT, file)).filter((path) => path.endsWith(".ts"));
  expect(paths.filter((path) => is.test(readFileSync(join(ROOT, path), "utf8"))).sort()).toEqual(home);
  expect(is.test(planted)).toBe(true);
});

/** What only one partition of AWS has. `modules/iam/partition.ts` is the home of partitions, and `modules/iam/arn.ts` makes ARNs. */
const OF_ONE_PARTITION =
  /arn:aws(-cn|-us-gov)?:|amazonaws\\?\.|(?<!docs\\?\.)aws\\?\.amazon\\?\.com|amazonaws-us-gov|amazonwebservices/;
const HOMES: Readonly<Record<string, string>> = {
  "modules/iam/partition.ts": "the home of partitions",
  "modules/iam/partitions.json": "the SDK's own data",
  "modules/iam/arn.ts": "reads the data of the promises, which is written for the partition aws",
  "modules/roster/schema.ts": "examples in messages",
  "modules/evaluator/facts.ts": "the beginning of most ARNs, for speed; others are read as well",
  "modules/proof/entrances/aws-roles.ts": "the path of Identity Center's roles, in every partition",
  "modules/proof/entrances/federation.json": "known providers and audiences of every partition",
  "modules/proof/entrances/services.json": "compared by serviceName, which knows both names of a service",
  "modules/proof/promises/escalations.json": "put into the roster's partition by forRole",
  "modules/proof/promises/operator.json": "put into the roster's partition by forRole",
  "modules/tiers/accepted.json": "prose and tests",
};

/** Texts of the code: strings, templates and regular expressions, no comments. */
function textsOf(source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function jsonIn(path: string): readonly string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => jsonIn(join(path, name)));
  return path.endsWith(".json") ? [path] : [];
}

test("what only one partition of AWS has is written in the home of partitions, or elsewhere for a reason", () => {
  const inCode = FILES.filter((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
    return textsOf(source).some((text) => OF_ONE_PARTITION.test(text));
  });
  const inData = jsonIn(join(ROOT, "modules")).filter(
    (file) => !file.includes("/managed-policies/") && OF_ONE_PARTITION.test(readFileSync(file, "utf8")),
  );
  const found = [...inCode, ...inData].map((file) => relative(ROOT, file)).sort();
  expect(found).toEqual(Object.keys(HOMES).sort());
});

test.each([
  ["const arn = `arn:aws:iam::${id}:role/x`;", true],
  ['const service = "ec2.amazonaws.com";', true],
  ["const host = /^signin\\.aws\\.amazon\\.com$/;", true],
  ['const gov = "https://signin.amazonaws-us-gov.com";', true],
  ["// arn:aws:iam::1:root\nconst any = /^arn:[\\w-]+:iam::/;", false],
  ['const read = "https://docs.aws.amazon.com/cli";', false],
])("a literal of one partition: %s", (code, is) => {
  const source = ts.createSourceFile("x.ts", code, ts.ScriptTarget.Latest);
  expect(textsOf(source).some((text) => OF_ONE_PARTITION.test(text))).toBe(is);
});
