import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plan } from "../../modules/cli/stacks/plan";
import { FakeProject } from "./fake-project";

const ALL = { stacks: [], parallelism: 2, json: true };
let project: FakeProject;

beforeEach(() => {
  project = new FakeProject();
  git("init", "-q", "-b", "main");
  project.write({ user: { a: {} }, testing: { b: {} }, old: { c: {} } });
  commit("first");
});
afterEach(() => {
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("rolecall-base-"))).toEqual([]);
  project.remove();
});

function git(...args: readonly string[]): string {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], {
    cwd: project.root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function commit(message: string): void {
  git("add", "stacks.json", "roster.yaml");
  git("commit", "-qm", message);
}

function planned(): readonly string[] {
  return JSON.parse(project.out).stacks.map(({ stack }: { stack: string }) => stack);
}

test("only stacks that are new or differ are planned; removed ones are named", async () => {
  project.write({ user: { a: {} }, testing: { b: { input: "2" } }, production: { d: {} } });
  expect(await plan(project.context(), { ...ALL, changed: "main" }, project.tools())).toBe(1);
  expect(planned()).toEqual(["production", "testing"]);
  expect(JSON.parse(project.out).removed).toEqual(["old"]);
  expect(project.talk).toContain("stack old is not synthesized any more");
});

test("nothing differs: exit 0", async () => {
  expect(await plan(project.context(), { ...ALL, changed: "HEAD" }, project.tools())).toBe(0);
  expect(planned()).toEqual([]);
});

test("a ref that cannot be synthesized makes every stack changed", async () => {
  git("rm", "-q", "--cached", "stacks.json");
  git("commit", "-qm", "no app");
  expect(await plan(project.context(), { ...ALL, changed: "main" }, project.tools())).toBe(1);
  expect(planned()).toEqual(["old", "testing", "user"]);
  expect(project.talk).toContain("cannot be synthesized; every stack counts as changed");
});

test.each([
  ["nowhere", 'unknown git ref "nowhere"'],
  ["--output=x", 'not a git ref: "--output=x"'],
  ["", 'not a git ref: ""'],
])("ref %p is refused", async (ref, message) => {
  expect(await plan(project.context(), { ...ALL, changed: ref }, project.tools())).toBe(2);
  expect(project.talk).toContain(message);
});

test("a shallow clone says how to fetch the ref", async () => {
  project.write({ user: { a: {} } });
  commit("second");
  const clone = new FakeProject();
  try {
    rmSync(clone.root, { recursive: true });
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${project.root}`, clone.root]);
    expect(await plan(clone.context(), { ...ALL, changed: "HEAD~1" }, clone.tools())).toBe(2);
    expect(clone.talk).toContain("this clone is shallow");
  } finally {
    rmSync(join(clone.root), { recursive: true, force: true });
  }
});
