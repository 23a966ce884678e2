import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectCode, HOME, type Ran, run } from "../support/run-command";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "rolecall-ci-"));
const origin = join(folder, "origin");
const who = { GIT_AUTHOR_NAME: "t", GIT_AUTHOR_EMAIL: "t@e", GIT_COMMITTER_NAME: "t", GIT_COMMITTER_EMAIL: "t@e" };
/** As in a fork's job: no token, nothing of this machine's settings. */
const env = {
  PATH: process.env["PATH"],
  HOME: folder,
  ...who,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};
const PARTS = [
  "bin",
  "modules",
  "stacks",
  "main.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "cdktf.json",
];

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", ["-c", "commit.gpgsign=false", ...args], { cwd, env, stdio: "pipe" })
    .toString()
    .trim();
}

beforeAll(() => {
  mkdirSync(origin);
  for (const part of [...PARTS, "terraform.lock.hcl", ".github"])
    cpSync(join(HOME, part), join(origin, part), { recursive: true });
  writeFileSync(join(origin, "roster.yaml"), ROSTER);
  git(origin, "init", "--quiet", "--initial-branch=main");
  writeFileSync(join(origin, ".gitignore"), "node_modules\n.rolecall\n");
  git(origin, "add", ".");
  git(origin, "commit", "--quiet", "-m", "base");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of the test's own: whoever uses this project edits the roster that lies in it. */
const ROSTER = `organization: example
region: eu-central-1
userAccount: { id: "111111111111", alias: example-users }
accounts:
  testing:    { id: "222222222222", environment: testing }
  production: { id: "333333333333", environment: production }
teams:
  developers: { "@testing": operator, production: spectator }
  seniors:    { "@testing": administrator, production: administrator }
people:
  dev.one@example.org:    { teams: [developers] }
  senior.one@example.org: { teams: [seniors] }
`;

/** One more action for spectators. */
const TIER = {
  file: "modules/tiers/spectator/metadata.json",
  from: '"cloudhsm:Describe*"',
  to: '"cloudhsm:Describe*", "ec2:RunInstances"',
  action: "`ec2:RunInstances`",
};

interface PullRequest {
  readonly workspace: string;
  readonly head: string;
}

/** A pull request with this change, checked out as the workflows do; `main` went on meanwhile. */
function pullRequest(name: string, change: (root: string) => void): PullRequest {
  git(origin, "checkout", "--quiet", "-b", name, "main");
  change(origin);
  git(origin, "add", "--all");
  git(origin, "commit", "--quiet", "-m", name);
  const head = git(origin, "rev-parse", "HEAD");
  git(origin, "checkout", "--quiet", "main");
  appendFileSync(join(origin, "roster.yaml"), `# before ${name}\n`);
  git(origin, "commit", "--quiet", "-am", "main goes on");
  git(origin, "checkout", "--quiet", "--detach");
  git(origin, "merge", "--quiet", "--no-ff", "-m", "merge", head);
  git(origin, "update-ref", `refs/pull/${name}/merge`, "HEAD");
  git(origin, "checkout", "--quiet", "main");
  const workspace = join(folder, name);
  mkdirSync(workspace);
  git(workspace, "clone", "--quiet", origin, "base");
  git(workspace, "init", "--quiet", "head");
  git(join(workspace, "head"), "fetch", "--quiet", "--depth=2", `file://${origin}`, `refs/pull/${name}/merge`);
  git(join(workspace, "head"), "checkout", "--quiet", "--detach", "FETCH_HEAD");
  for (const side of ["base", "head"]) symlinkSync(join(HOME, "node_modules"), join(workspace, side, "node_modules"));
  return { workspace, head };
}

function edit(root: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(root, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(root, file), text.replace(from, to));
}

async function sides({ workspace, head }: PullRequest): Promise<Readonly<Record<string, string>>> {
  const ran = await run("sh", ["base/.github/scripts/sides.sh"], { cwd: workspace, env: { ...env, HEAD_SHA: head } });
  return Object.fromEntries(
    expectCode(ran, 0)
      .stdout.trim()
      .split("\n")
      .map((line) => line.split("=")),
  );
}

interface Reviewed extends Ran {
  readonly summary: string;
  /** The folder of what was written. */
  readonly out: string;
}

async function review(pull: PullRequest, more: NodeJS.ProcessEnv = {}): Promise<Reviewed> {
  const found = await sides(pull);
  const out = join(mkdtempSync(join(pull.workspace, "run-")), "out");
  const summary = join(pull.workspace, "summary.md");
  const ran = await run("sh", [".github/scripts/review.sh"], {
    cwd: join(pull.workspace, "base"),
    env: {
      ...env,
      BASE: found["base"],
      HEAD: found["head"],
      OUT: out,
      GITHUB_STEP_SUMMARY: summary,
      ...more,
    },
  });
  return { ...ran, out, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "" };
}

test("a change of the roster: annotations, summary, SARIF; nothing of the pull request runs, and main's own changes are not its", async () => {
  const pull = pullRequest("1", (root) => {
    edit(root, "roster.yaml", "production: spectator", "production: operator");
    writeFileSync(join(root, ".github/scripts/review.sh"), `touch ${join(folder, "trapped")}`);
  });
  const ran = await review(pull);
  expectCode(ran, 0);
  expect(ran.summary).toContain("gains operator in production");
  expect(ran.stdout).toMatch(/^::warning file=roster\.yaml,line=\d+,col=3,title=Access review::/m);
  expect(
    ran.stdout
      .trim()
      .split("\n")
      .every((line) => line.startsWith("::")),
  ).toBe(true);
  expect(existsSync(join(folder, "trapped"))).toBe(false);
  expect(JSON.parse(readFileSync(join(ran.out, "review.sarif"), "utf8"))).toMatchObject({
    version: "2.1.0",
  });
  expectCode(await review(pull, { FAIL_ON: "widening" }), 1);
  expect(expectCode(await review(pull, { FAIL_ON: "Widening" }), 2).stderr).toContain("FAIL_ON must be");
});

test("a verdict that lay there already is not believed, nor one that rolecall did not end with", async () => {
  const pull = pullRequest("7", (root) => edit(root, "roster.yaml", "production: spectator", "production: operator"));
  const found = await sides(pull);
  const base = join(pull.workspace, "base");
  const to = (out: string, more: NodeJS.ProcessEnv = {}) =>
    run("sh", [".github/scripts/review.sh"], {
      cwd: base,
      env: { ...env, BASE: found["base"], HEAD: found["head"], OUT: join(pull.workspace, out), ...more },
    });
  const forged = `{"runs":[{"properties":{"verdict":"none"}}]}`;
  mkdirSync(join(pull.workspace, "committed"));
  writeFileSync(join(pull.workspace, "committed/review.md"), "Access does not change.");
  writeFileSync(join(pull.workspace, "committed/review.sarif"), forged);
  mkdirSync(join(pull.workspace, "precious"));
  writeFileSync(join(pull.workspace, "precious/talk"), "mine");
  symlinkSync("precious", join(pull.workspace, "link"));
  symlinkSync("nowhere", join(pull.workspace, "dangling"));
  for (const out of ["committed", "link", "dangling"])
    expect(expectCode(await to(out, { FAIL_ON: "widening" }), 2).stderr).toContain("not there yet");
  expect(readFileSync(join(pull.workspace, "precious/talk"), "utf8")).toBe("mine");
  expectCode(await to("good"), 0);
  const crash = "process.exitCode = 1;";
  const write = `for (const each of ["review.md", "review.sarif"]) require("fs").writeFileSync(process.env.OUT + "/" + each, '${forged}');`;
  writeFileSync(join(base, "bin/rolecall.js"), crash);
  expect(expectCode(await to("good"), 2).stderr).toContain("not there yet");
  expect(expectCode(await to("crashed"), 2).stderr).toContain("wrote none");
  writeFileSync(join(base, "bin/rolecall.js"), `${write}${crash}`);
  expect(expectCode(await to("disagrees"), 2).stderr).toContain("the verdict is none, but rolecall ended with 1");
  writeFileSync(join(base, "bin/rolecall.js"), write.replace(forged, "{}"));
  expect(expectCode(await to("no-verdict"), 2).stderr).toContain("no verdict can be read");
  const hostile = join(pull.workspace, "hostile-synth");
  mkdirSync(hostile);
  symlinkSync("/etc/passwd", join(hostile, "link"));
  const talk = `console.error(process.argv.join(" ") + "\\n::add-mask::x ##[error]y");`;
  for (const [verdict, code, expected] of [
    ["none", 0, 0],
    ["narrowing", 3, 0],
    ["widening", 1, 0],
    ["breach", 1, 1],
    ["unknown", 2, 2],
  ] as const) {
    const program = `${write.replace("none", verdict)}process.exitCode = ${code};${talk}`;
    writeFileSync(join(base, "bin/rolecall.js"), program);
    const { stderr } = expectCode(await to(`agrees-${verdict}`, { HEAD_SYNTH: hostile }), expected);
    expect(stderr).toMatch(/^\| .*--base/m);
    expect(stderr).not.toMatch(/head-synth|^::|##\[/m);
  }
});

test("a change of code is judged by what both sides synthesize, and unknown without", async () => {
  const pull = pullRequest("5", (root) => {
    edit(root, TIER.file, TIER.from, TIER.to);
    appendFileSync(
      join(root, "bin/rolecall.js"),
      `\nrequire("fs").writeFileSync(${JSON.stringify(join(folder, "trapped"))}, "");`,
    );
  });
  const head = join(pull.workspace, "head");
  const synth = join(pull.workspace, "head-synth");
  expectCode(await run("sh", [".github/scripts/synth.sh", synth], { cwd: head, env }), 0);
  const ran = await review(pull, { HEAD_SYNTH: synth });
  expectCode(ran, 0);
  expect(ran.summary).toContain(TIER.action);
  expectCode(await review(pull, { HEAD_SYNTH: synth, FAIL_ON: "widening" }), 1);
  expectCode(await review(pull, { HEAD_SYNTH: join(pull.workspace, "none") }), 2);
  expect(existsSync(join(folder, "trapped"))).toBe(false);
});

test("a roster that does not hold: the summary says so with its lines, and the job fails", async () => {
  const pull = pullRequest("2", (root) => edit(root, "roster.yaml", "production: spectator", "production: operater"));
  const ran = await review(pull);
  expectCode(ran, 2);
  expect(ran.summary).toContain("`operater`");
  expect(ran.stdout).toContain("::error file=roster.yaml");
});

test("a roster that tries to talk to the runner and to readers stays inert", async () => {
  const hostile = "@everyone <img src=x onerror=y> | `a` [b](http://c) ::add-mask::x ##[error]y";
  const pull = pullRequest("3", (root) =>
    edit(
      root,
      "roster.yaml",
      "people:\n",
      `people:\n  jan:\n    tags: { ${JSON.stringify(hostile)}: x }\n    teams: [${JSON.stringify(hostile)}]\n`,
    ),
  );
  const ran = await review(pull);
  expectCode(ran, 2);
  const outside = ran.summary.replace(/`[^`\n]*`/g, "").replace("<!-- rolecall-review:v1 -->", "");
  expect(outside).not.toMatch(/[@<>[\]]|::|##\[|http/);
  expect(ran.stdout.split("\n").filter((line) => line !== "" && !/^::(error|warning|notice) /.test(line))).toEqual([]);
});

test("a pull request that changed meanwhile, or a base that is none, is not reviewed", async () => {
  const pull = pullRequest("4", (root) => edit(root, "roster.yaml", "production: spectator", "production: operator"));
  const at = (more: NodeJS.ProcessEnv) =>
    run("sh", ["base/.github/scripts/sides.sh"], { cwd: pull.workspace, env: { ...env, ...more } });
  expect(expectCode(await at({ HEAD_SHA: "a".repeat(40) }), 2).stderr).toContain("the pull request changed");
  git(join(pull.workspace, "head"), "checkout", "--quiet", "--detach", "HEAD^2");
  expect(expectCode(await at({ HEAD_SHA: pull.head }), 2).stderr).toContain("not a merge commit");
  const out = { OUT: join(pull.workspace, "out") };
  for (const bad of ["--help", "main", ""]) {
    const ran = await run("sh", [".github/scripts/review.sh"], {
      cwd: join(pull.workspace, "base"),
      env: { ...env, ...out, BASE: bad, HEAD: "a".repeat(40) },
    });
    expect(ran.code).toBe(2);
  }
});

test("the merge commit is fetched as objects alone, and its sides are the same", async () => {
  const pull = pullRequest("6", (root) => edit(root, "roster.yaml", "production: spectator", "production: operator"));
  const expected = await sides(pull);
  rmSync(join(pull.workspace, "head"), { recursive: true });
  const fetched = (number: string) =>
    run("sh", [join(HOME, ".github/scripts/fetch-merge.sh")], {
      cwd: pull.workspace,
      env: {
        ...env,
        PULL_REQUEST: number,
        GITHUB_SERVER_URL: `file://${folder}`,
        GITHUB_REPOSITORY: "origin",
        GITHUB_TOKEN: "t",
      },
    });
  expect(expectCode(await fetched("6/../7"), 2).stderr).toContain("must be a number");
  expectCode(await fetched("6"), 0);
  expect(existsSync(join(pull.workspace, "head/roster.yaml"))).toBe(false);
  expect(readFileSync(join(pull.workspace, "head/config"), "utf8")).not.toContain("authorization");
  expect(await sides(pull)).toEqual(expected);
});

test("a stranger's artifact with a link, or too much of anything, is refused", async () => {
  const limit = (path: string) =>
    run(process.execPath, [join(HOME, ".github/scripts/limit-artifact.js"), path], { cwd: folder, env });
  const artifact = join(folder, "artifact");
  mkdirSync(join(artifact, "stacks"), { recursive: true });
  writeFileSync(join(artifact, "stacks/cdk.tf.json"), "{}");
  expectCode(await limit(artifact), 0);
  expect(expectCode(await limit(join(folder, "none")), 2).stderr).toContain("not there");
  symlinkSync("/etc/passwd", join(artifact, "stacks/link"));
  expect(expectCode(await limit(artifact), 2).stderr).toContain("neither a file nor a folder");
});
