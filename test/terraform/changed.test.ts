import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeProject } from "./fake-project";
import { plan } from "./stack-commands";

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
  expect(project.talk).toContain("stack old is no longer synthesized");
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

test("a tag called like the branch: nothing of either runs, both are named", async () => {
  git("update-ref", "refs/remotes/origin/main", "main");
  project.write({ user: { a: {} } });
  commit("second");
  git("tag", "origin/main");
  const synthesized: string[] = [];
  const tools = project.tools();
  const synth: typeof tools.synth = (context, options) => {
    synthesized.push(options.root ?? "here");
    return tools.synth(context, options);
  };
  expect(await plan(project.context(), { ...ALL, changed: "origin/main" }, { ...tools, synth })).toBe(2);
  expect(synthesized).toEqual(["here"]);
  expect(project.talk).toMatch(/"origin\/main" is ambiguous: .*refs\/tags\/origin\/main.*refs\/remotes\/origin\/main/);
  expect(await plan(project.context(), { ...ALL, changed: "refs/remotes/origin/main" }, project.tools())).toBe(0);
  expect(JSON.parse(project.out).removed).toEqual(["old", "testing"]);
});

test("an abbreviated hash runs no code; the full one does", async () => {
  const hash = git("rev-parse", "HEAD").trim();
  expect(await plan(project.context(), { ...ALL, changed: hash.slice(0, 10) }, project.tools())).toBe(2);
  expect(project.talk).toContain(`code of that commit would run; give all of it: ${hash}`);
  expect(await plan(project.context(), { ...ALL, changed: hash }, project.tools())).toBe(0);
});

test("the commit is named before its code runs, and in text and JSON; a ref that moves then changes nothing", async () => {
  const first = git("rev-parse", "HEAD").trim();
  project.write({ user: { a: {} } });
  git("checkout", "-q", "-b", "work");
  commit("second");
  const named = `refs/heads/main at ${first.slice(0, 12)}`;
  const moving = () => {
    const context = project.context();
    const stderr = (text: string) => {
      context.stderr(text);
      if (text.startsWith("comparing with")) git("update-ref", "refs/heads/main", "work");
    };
    return { ...context, stderr };
  };
  expect(await plan(moving(), { ...ALL, changed: "main" }, project.tools())).toBe(0);
  expect(project.talk).toContain(`comparing with ${named}; its code runs`);
  expect(JSON.parse(project.out)).toMatchObject({
    schemaVersion: 3,
    base: { name: "main", ref: "refs/heads/main", commit: first },
    removed: ["old", "testing"],
  });
  git("update-ref", "refs/heads/main", first);
  expect(await plan(project.context(), { ...ALL, json: false, changed: "main" }, project.tools())).toBe(0);
  expect(project.out).toContain(`stacks that differ from ${named}:`);
});

test("reached through a link, the working tree is not compared with itself", async () => {
  project.write({ user: { a: { input: "2" } }, testing: { b: {} }, old: { c: {} } });
  const link = `${project.root}-link`;
  symlinkSync(project.root, link);
  try {
    const context = { ...project.context(), root: link, home: link };
    expect(await plan(context, { ...ALL, changed: "main" }, project.tools())).toBe(1);
    expect(planned()).toEqual(["user"]);
  } finally {
    rmSync(link);
  }
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
