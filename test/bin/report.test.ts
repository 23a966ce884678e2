import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectCode, HOME, rolecall } from "../support/run-command";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-report-"));
const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
const report = (...args: string[]) => rolecall(root, env, "report", ...args);
const read = (name: string) => readFileSync(join(root, name), "utf8");

beforeAll(() => {
  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args],
      {
        cwd: root,
        env,
        stdio: "pipe",
      },
    );
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(root, "README"), "");
  git("add", ".");
  git("commit", "--quiet", "-m", "no roster yet");
  git("tag", "empty");
  copyFileSync(join(HOME, "roster.yaml"), join(root, "roster.yaml"));
  git("add", ".");
  git("commit", "--quiet", "-m", "roster");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("writes one page, for its owner alone, the same bytes each time; replaces it, and nothing else", async () => {
  expect(expectCode(await report("--out", "access.html", "--date", "2026-11-22"), 0)).toMatchObject({ stdout: "" });
  const first = read("access.html");
  expect(statSync(join(root, "access.html")).mode & 0o777).toBe(0o600);
  expect(first).toContain("2026-11-22");
  expectCode(await report("--out", "access.html", "--date", "2026-11-22"), 0);
  expect(read("access.html")).toBe(first);
  expectCode(await report("--out", "access.html", "--date", "2027-01-15"), 0);
  expect(read("access.html")).not.toContain("on-call cover");

  expect(expectCode(await report("--out", "roster.yaml"), 2).stderr).toContain("is no report of Rolecall");
  expect(read("roster.yaml")).toBe(readFileSync(join(HOME, "roster.yaml"), "utf8"));
  writeFileSync(join(root, "other.html"), "<p>");
  expectCode(await report("--out", "other.html", "--force"), 0);
  expect(read("other.html")).toContain("rolecall report");
});

test("against a git ref: what changes, as page and as JSON; against none, everything is new", async () => {
  const { stdout } = expectCode(await report("--out", "diff.html", "--base", "main", "--json"), 0);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, command: "report", comparison: { gained: 0, lost: 0 } });
  const roster = read("roster.yaml");
  const changed = roster
    .replace("production: spectator", "production: operator")
    .replace("people:", "tiers:\n  operator: { mfaAge: 6h }\npeople:");
  writeFileSync(join(root, "changed.yaml"), changed);
  writeFileSync(join(root, "roster.yaml"), changed);
  const { stdout: json } = expectCode(await report("--out", "diff.html", "--base", "main", "--json"), 0);
  writeFileSync(join(root, "roster.yaml"), roster);
  expect(JSON.parse(json).comparison).toMatchObject({
    base: "main",
    people: 2,
    notes: [expect.stringContaining("MFA")],
  });
  expect(read("diff.html")).toContain("Beside that, and not visible in any cell");
  expectCode(await report("--out", "diff.html", "--base", "empty"), 0);
  expect(read("diff.html")).toContain("has no roster, so everything is new");
});

test.each([
  [[], "--out"],
  [["--out", "nowhere/a.html"], "there is no folder"],
  [["--out", "folder"], "is a folder"],
  [["--out", "link.html"], "is not a regular file"],
  [["--out", "/dev/null", "--force"], "is not a regular file"],
  [["--out", "a.html", "--date", "tomorrow"], "is no day"],
  [["--out", "a.html", "--date", "2026-02-30"], "is no day"],
  [["--out", "a.html", "--base", "nowhere"], "unknown git ref"],
  [["--out", "a.html", "--base", "--upload-pack=x"], "not a git ref"],
  [["--out", "a.html", "--roster", "none.yaml"], "there is no such file"],
  [["--out", "a.html", "--roster", "broken.yaml"], "broken.yaml:2:1:"],
])("%j is refused, and nothing is written", async (args, reason) => {
  mkdirSync(join(root, "folder"), { recursive: true });
  rmSync(join(root, "link.html"), { force: true });
  symlinkSync(join(root, "roster.yaml"), join(root, "link.html"));
  writeFileSync(join(root, "broken.yaml"), "organization: [\n");
  const { stdout, stderr } = expectCode(await report(...args), 2);
  expect([stdout, stderr]).toEqual(["", expect.stringContaining(reason)]);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(() => statSync(join(root, "a.html"))).toThrow();
});
