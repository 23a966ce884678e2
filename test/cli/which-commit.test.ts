import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "../../modules/cli/roster/report";
import { type ReviewOptions, runReview } from "../support/run-review";
import { GIT_ENV, gitIn } from "../support/git";
import { capturedPlan } from "../support/captured-plan";
import { type Executed, executed } from "../support/execute";
import { heard } from "../support/in-process";
import { EXAMPLE_ROSTER } from "../support/run-command";

/* Commands name the commits they compare, and refuse a name that can mean two. */

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-which-"));
const roster = join(root, "roster.yaml");
const git = gitIn(root);
const hash = (ref: string) => git("rev-parse", ref).trim();
const short = (ref: string) => hash(ref).slice(0, 12);

async function run(options: Partial<ReviewOptions>, at = root, env: NodeJS.ProcessEnv = GIT_ENV) {
  const said = heard(at, { now: new Date("2026-11-01T00:00:00Z") });
  const code = await runReview({ ...said.context, env }, { base: "origin/main", json: false, ...options });
  return { code, stdout: said.stdout(), stderr: said.stderr() };
}

function draw(options: Partial<Parameters<typeof report.run>[1]>, at = root): Promise<Executed> {
  const all = { out: "access.html", base: "origin/main", force: true, json: false, ...options };
  return executed([at, { env: GIT_ENV }], report, all);
}

beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  copyFileSync(EXAMPLE_ROSTER, roster);
  git("add", ".");
  git("commit", "--quiet", "-m", "base");
  git("update-ref", "refs/remotes/origin/main", "main");
  writeFileSync(roster, readFileSync(roster, "utf8").replace("production: spectator", "production: administrator"));
  git("commit", "--quiet", "-am", "wider");
});
afterEach(() => {
  for (const ref of ["refs/tags/origin/main", "refs/heads/origin/main"]) git("update-ref", "-d", ref);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(["refs/tags/origin/main", "refs/heads/origin/main"])(
  "%s does not stand in for the branch: nothing is reviewed, in no output",
  async (ref) => {
    expect((await run({})).code).toBe(1);
    git("update-ref", ref, "main");
    const { code, stdout, stderr } = await run({});
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`${ref}, commit ${short("main")}`);
    expect(stderr).toContain(`refs/remotes/origin/main, commit ${short("refs/remotes/origin/main")}`);
    expect(JSON.parse((await run({ json: true })).stdout)).toMatchObject({ verdict: "unknown" });
    expect((await run({ base: "refs/remotes/origin/main", head: "origin/main" })).code).toBe(2);
    expect((await run({ base: "refs/remotes/origin/main" })).code).toBe(1);
    const drawn = await draw({ force: false });
    expect(drawn.code).toBe(2);
    expect(drawn.stderr).toContain("is ambiguous");
  },
);

test("every output names both commits", async () => {
  const sides = {
    base: { name: "origin/main", ref: "refs/remotes/origin/main", commit: hash("refs/remotes/origin/main") },
    head: { name: "HEAD", ref: "HEAD", commit: hash("main") },
  };
  const said = `base refs/remotes/origin/main at ${sides.base.commit.slice(0, 12)}, head HEAD at ${short("main")}`;
  const markdown = said.replace(/[0-9a-f]{12}/g, "`$&`");
  expect((await run({ head: "HEAD" })).stdout).toContain(`\n${said}\n`);
  expect((await run({ head: "HEAD", markdown: true })).stdout).toContain(`\n${markdown}\n`);
  expect((await run({ head: "HEAD", annotations: true })).stdout).toContain(`::notice title=Access review::${said}\n`);
  expect(JSON.parse((await run({ head: "HEAD", json: true })).stdout)).toMatchObject({ schemaVersion: 2, ...sides });
  const sarif = JSON.parse((await run({ head: "HEAD", sarif: true })).stdout);
  expect(sarif.runs[0].properties).toMatchObject(sides);
});

test("the working tree is named with the commit it lies on, and a quiet review names all the same", async () => {
  const { stdout } = await run({ base: "HEAD" });
  expect(stdout).toBe(
    `access does not change\nbase HEAD at ${short("main")}, head the working tree on ${short("main")}\n`,
  );
  expect((await run({ base: hash("main"), markdown: true })).stdout).toMatch(
    /\nAccess does not change\.\nbase commit `[0-9a-f]{12}`, head the working tree on `[0-9a-f]{12}`\n$/,
  );
  expect(JSON.parse((await run({ base: "HEAD", json: true })).stdout).head).toEqual({
    workingTree: true,
    commit: hash("main"),
  });
});

test("a roster that does not hold is named with its commit, too", async () => {
  git("checkout", "--quiet", "-b", "broken");
  writeFileSync(roster, "people: [\n");
  git("commit", "--quiet", "-am", "broken");
  const { code, stdout } = await run({ head: "broken", json: true });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "unknown", head: { ref: "refs/heads/broken" } });
  git("checkout", "--quiet", "main");
});

test("the page of a report and its JSON name the commit", async () => {
  const { code, stdout, stderr } = await draw({ json: true });
  expect(code).toBe(0);
  const named = `refs/remotes/origin/main at ${short("refs/remotes/origin/main")}`;
  expect(readFileSync(join(root, "access.html"), "utf8")).toContain(`against <code>${named}</code>`);
  expect(stderr).toContain(`against ${named}`);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 3,
    base: { ref: "refs/remotes/origin/main", commit: hash("refs/remotes/origin/main") },
    head: { workingTree: true, commit: hash("main") },
  });
});

test("a replaced commit is reviewed as what its hash says", async () => {
  git("replace", hash("refs/remotes/origin/main"), hash("main"));
  expect((await run({})).code).toBe(1);
  git("replace", "-d", hash("refs/remotes/origin/main"));
});

test("a shallow clone without the branch point does not say that the base is ahead", async () => {
  git("checkout", "--quiet", "-b", "side", "refs/remotes/origin/main");
  git("commit", "--quiet", "--allow-empty", "-m", "side");
  const clone = join(root, "clone");
  git("clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=side", `file://${root}`, clone);
  const { stderr } = await run({ base: "origin/main" }, clone);
  expect(stderr).toContain("whether the head has all commits of the base is unknown: this clone is shallow");
  expect(stderr).not.toContain("merge or rebase");
  const drawn = async () => {
    const { code, stderr } = await draw({}, clone);
    expect(code).toBe(0);
    return stderr;
  };
  expect(await drawn()).toContain("whether the head has all commits of the base is unknown: this clone is");
  gitIn(clone)("fetch", "--quiet", "--unshallow");
  expect((await run({ base: "origin/main" }, clone)).stderr).toContain(
    "the base has 1 commit that the head does not have",
  );
  expect(await drawn()).toContain("the base has 1 commit that the head does not have");
  git("checkout", "--quiet", "main");
});

test.each(["assume-unchanged", "skip-worktree"])(
  "code that git was told not to look at (%s) counts as changed",
  async (flag) => {
    writeFileSync(join(root, "main.ts"), "export {};\n");
    git("add", "main.ts");
    git("commit", "--quiet", "-m", "code");
    git("update-index", `--${flag}`, "main.ts");
    writeFileSync(join(root, "main.ts"), "export const other = 1;\n");
    const { code, stdout } = await run({ base: "HEAD" });
    expect(code).not.toBe(0);
    expect(stdout).toContain("main.ts");
    // A sparse checkout does not have what it skips.
    rmSync(join(root, "main.ts"));
    const gone = await run({ base: "HEAD" });
    expect(gone.stdout.includes("main.ts")).toBe(flag === "assume-unchanged");
    git("update-index", `--no-${flag}`, "main.ts");
    git("reset", "--quiet", "--hard", "HEAD~1");
  },
);

test("where git cannot tell whether code changed, that is unknown, with the reason", async () => {
  writeFileSync(join(root, ".git/index.kept"), readFileSync(join(root, ".git/index")));
  writeFileSync(join(root, ".git/index"), "no index");
  const { code, stderr } = await run({ base: "HEAD" });
  writeFileSync(join(root, ".git/index"), readFileSync(join(root, ".git/index.kept")));
  expect(code).toBe(2);
  expect(stderr).toMatch(/git did not say whether code changed: .*index/);
});

test("a head that plans alone are held against is named, too", async () => {
  writeFileSync(join(root, "plan.json"), capturedPlan("unchanged-user"));
  const { stdout } = await run({ base: undefined, head: "main", plan: ["plan.json"], json: true });
  expect(JSON.parse(stdout)).toMatchObject({ head: { ref: "refs/heads/main", commit: hash("main") } });
  expect(JSON.parse(stdout)).not.toHaveProperty("base");
});
