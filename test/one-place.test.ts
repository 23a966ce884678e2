import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { ROOT, sources } from "./support/sources";

const PATHS = ["main.ts", "scripts", "stacks", "modules"]
  .flatMap((path) => sources(join(ROOT, path), /\.ts$/))
  .map((file) => relative(ROOT, file));
const textAt = (path: string) => readFileSync(join(ROOT, path), "utf8");
const moduleOf = (path: string) => path.split("/").slice(0, 2).join("/");

/** Parts with a disk and processes. */
const RUNNERS: Readonly<Record<string, string>> = {
  "modules/cli": "commands read and write what they are told to",
  "modules/machine": "the home of disk, processes and terminal",
  "modules/sandbox": "starts the local AWS and keeps its state",
  "modules/terraform": "runs Terraform and reads what it leaves",
};

/** Files that read the clock themselves. */
const CLOCKS: Readonly<Record<string, string>> = {
  "modules/live/session-answers.ts": "measures how far the clock is off AWS's",
  "modules/sandbox/sandbox.ts": "waits for a child process to start",
};

test("below the command line, the machine and main.ts nobody reads the clock, chance, a locale, the environment or the disk", () => {
  const world = /\bnew Date\(\)|\bDate\.now\(|Math\.random\(|localeCompare|toLocale|process\.(env|cwd|argv)/;
  const machine = /from "node:(fs|os|child_process|net|https?|dns)/;
  const below = PATHS.filter((path) => /^(modules|stacks)\//.test(path) && !/^modules\/(cli|machine)\//.test(path));
  expect(below.filter((path) => world.test(textAt(path)))).toEqual(Object.keys(CLOCKS));
  expect(below.filter((path) => machine.test(textAt(path)) && !(moduleOf(path) in RUNNERS))).toEqual([]);
  expect(below.length).toBeGreaterThan(300);
});

/** Programs that start another, with `git` among what they name. */
function gitRunners(read: (path: string) => string, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => /child_process/.test(read(path)) && /["'`]git\b/.test(read(path)));
}

test("git is run in exactly one place", () => {
  expect(gitRunners(textAt, PATHS)).toEqual(["modules/machine/git/run-git.ts"]);
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
  expect(PATHS.filter((path) => is.test(textAt(path))).sort()).toEqual(home);
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

test("what only one partition of AWS has is written in the home of partitions, or elsewhere for a reason", () => {
  const inCode = PATHS.filter((path) => {
    const source = ts.createSourceFile(path, textAt(path), ts.ScriptTarget.Latest);
    return textsOf(source).some((text) => OF_ONE_PARTITION.test(text));
  });
  const inData = sources(join(ROOT, "modules"), /\.json$/)
    .map((file) => relative(ROOT, file))
    .filter((path) => !path.includes("/managed-policies/") && OF_ONE_PARTITION.test(textAt(path)));
  expect([...inCode, ...inData].sort()).toEqual(Object.keys(HOMES).sort());
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
