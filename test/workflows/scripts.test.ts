import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectCode, HOME, run } from "../support/run-command";
import { edit, env, folder, git, makeOrigin, pullRequest, review, sides } from "./pull-requests";

jest.setTimeout(120_000);

beforeAll(makeOrigin);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One more action for spectators. */
const TIER = {
  file: "modules/tiers/spectator/metadata.json",
  from: '"cloudhsm:Describe*"',
  to: '"cloudhsm:Describe*", "ec2:RunInstances"',
  action: "`ec2:RunInstances`",
};

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

const FORGED = `{"runs":[{"properties":{"verdict":"none"}}]}`;
/** Programs in rolecall's place: one that writes a verdict, one that ends as if access widened. */
const FORGES = `for (const each of ["review.md", "review.sarif"]) require("fs").writeFileSync(process.env.OUT + "/" + each, '${FORGED}');`;
const CRASHES = "process.exitCode = 1;";

/** A pull request whose review can write into a folder of any name, with any program in rolecall's place. */
async function reviewInto(name: string) {
  const pull = pullRequest(name, (root) => edit(root, "roster.yaml", "production: spectator", "production: operator"));
  const found = await sides(pull);
  const base = join(pull.workspace, "base");
  return {
    at: (path: string) => join(pull.workspace, path),
    install: (program: string) => writeFileSync(join(base, "bin/rolecall.js"), program),
    to: (out: string, more: NodeJS.ProcessEnv = {}) =>
      run("sh", [".github/scripts/review.sh"], {
        cwd: base,
        env: { ...env, BASE: found["base"], HEAD: found["head"], OUT: join(pull.workspace, out), ...more },
      }),
  };
}

test("a verdict that lay there already is not believed", async () => {
  const { at, install, to } = await reviewInto("7");
  mkdirSync(at("committed"));
  writeFileSync(at("committed/review.md"), "Access does not change.");
  writeFileSync(at("committed/review.sarif"), FORGED);
  mkdirSync(at("precious"));
  writeFileSync(at("precious/talk"), "mine");
  symlinkSync("precious", at("link"));
  symlinkSync("nowhere", at("dangling"));
  for (const out of ["committed", "link", "dangling"])
    expect(expectCode(await to(out, { FAIL_ON: "widening" }), 2).stderr).toContain("not there yet");
  expect(readFileSync(at("precious/talk"), "utf8")).toBe("mine");
  expectCode(await to("good"), 0);
  install(CRASHES);
  expect(expectCode(await to("good"), 2).stderr).toContain("not there yet");
});

test("a verdict that rolecall did not end with is not believed", async () => {
  const { at, install, to } = await reviewInto("9");
  install(CRASHES);
  expect(expectCode(await to("crashed"), 2).stderr).toContain("wrote none");
  install(`${FORGES}${CRASHES}`);
  expect(expectCode(await to("disagrees"), 2).stderr).toContain("the verdict is none, but rolecall ended with 1");
  install(FORGES.replace(FORGED, "{}"));
  expect(expectCode(await to("no-verdict"), 2).stderr).toContain("no verdict can be read");
  const hostile = at("hostile-synth");
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
    install(`${FORGES.replace("none", verdict)}process.exitCode = ${code};${talk}`);
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
  expect(expectCode(await at({ HEAD_SHA: "main" }), 2).stderr).toContain("full commit id");
  const out = { OUT: join(pull.workspace, "out") };
  for (const bad of ["--help", "main", ""]) {
    const ran = await run("sh", [".github/scripts/review.sh"], {
      cwd: join(pull.workspace, "base"),
      env: { ...env, ...out, BASE: bad, HEAD: "a".repeat(40) },
    });
    expect(ran.code).toBe(2);
  }
});

test("branches, tags and replacements do not stand in for commits, and nothing is taken for a fact that git cannot tell", async () => {
  const pull = pullRequest("8", (root) => edit(root, "roster.yaml", "production: spectator", "production: operator"));
  const [base, head] = ["base", "head"].map((side) => join(pull.workspace, side)) as [string, string];
  const at = (more: NodeJS.ProcessEnv = {}) =>
    run("sh", ["base/.github/scripts/sides.sh"], {
      cwd: pull.workspace,
      env: { ...env, HEAD_SHA: pull.head, ...more },
    });
  const first = git(head, "rev-parse", "HEAD^1");
  git(base, "update-ref", `refs/heads/${first}`, `${first}~1`);
  git(base, "update-ref", "refs/tags/HEAD", `${first}~1`);
  git(base, "replace", first, `${first}~1`);
  expectCode(await at(), 0);
  expect(git(base, "rev-parse", "HEAD")).toBe(first);
  expect(readFileSync(join(base, "roster.yaml"), "utf8")).toContain("# before 8");
  const review = await run(
    process.execPath,
    ["bin/rolecall.js", "review", "--base", first, "--head", git(head, "rev-parse", "HEAD")],
    { cwd: base, env },
  );
  expect(review.stderr).not.toMatch(/has not|cannot be told/);
  const foreign = await at({ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1", GIT_CONFIG_COUNT: "0" });
  expect(expectCode(foreign, 2).stderr).toContain("dubious ownership");
  expect(foreign.stderr).toContain("git cannot read the commit in head/");
  rmSync(base, { recursive: true });
  git(pull.workspace, "clone", "--quiet", "--depth=1", `file://${join(folder, "origin")}`, "base");
  git(base, "commit", "--quiet", "--allow-empty", "-m", "on its own");
  expect((await at()).code).toBe(0);
  git(join(folder, "origin"), "commit", "--quiet", "--allow-empty", "-m", "later");
  rmSync(base, { recursive: true });
  git(pull.workspace, "clone", "--quiet", "--depth=1", `file://${join(folder, "origin")}`, "base");
  expect(expectCode(await at(), 2).stderr).toMatch(/shallow clone, so git cannot tell|git cannot tell whether/);
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
