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
import { report as command } from "../../modules/cli/roster/report";
import { executed } from "../support/execute";
import { EXAMPLE_ROSTER, expectCode, type Ran, rolecall } from "../support/run-command";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-report-"));
const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
/** As the command line would, in this process. */
function report(options: Partial<Parameters<typeof command.run>[1]>): Promise<Ran> {
  return executed([root, { env }], command, { out: "a.html", force: false, json: false, ...options });
}
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
  copyFileSync(EXAMPLE_ROSTER, join(root, "roster.yaml"));
  git("add", ".");
  git("commit", "--quiet", "-m", "roster");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("writes one page, for its owner alone, the same bytes each time; replaces it, and nothing else", async () => {
  expect(
    expectCode(await rolecall(root, env, "report", "--out", "access.html", "--date", "2026-11-22"), 0),
  ).toMatchObject({ stdout: "" });
  const first = read("access.html");
  expect(statSync(join(root, "access.html")).mode & 0o777).toBe(0o600);
  expect(first).toContain("2026-11-22");
  expectCode(await report({ out: "access.html", date: "2026-11-22" }), 0);
  expect(read("access.html")).toBe(first);
  expectCode(await report({ out: "access.html", date: "2027-01-15" }), 0);
  expect(read("access.html")).not.toContain("on-call cover");

  expect(expectCode(await report({ out: "roster.yaml" }), 2).stderr).toContain("is not a report of Rolecall");
  expect(read("roster.yaml")).toBe(readFileSync(EXAMPLE_ROSTER, "utf8"));
  writeFileSync(join(root, "other.html"), "<p>");
  expectCode(await report({ out: "other.html", force: true }), 0);
  expect(read("other.html")).toContain("rolecall report");
});

test("against a git ref: what changes, as page and as JSON; against none, everything is new", async () => {
  const { stdout } = expectCode(await report({ out: "diff.html", base: "main", json: true }), 0);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 3, command: "report", comparison: { gained: 0, lost: 0 } });
  const roster = read("roster.yaml");
  const changed = roster
    .replace("production: spectator", "production: operator")
    .replace("people:", "tiers:\n  operator: { mfaAge: 6h }\npeople:");
  writeFileSync(join(root, "changed.yaml"), changed);
  writeFileSync(join(root, "roster.yaml"), changed);
  const { stdout: json } = expectCode(await report({ out: "diff.html", base: "main", json: true }), 0);
  writeFileSync(join(root, "roster.yaml"), roster);
  expect(JSON.parse(json).comparison).toMatchObject({
    base: expect.stringMatching(/^refs\/heads\/main at [0-9a-f]{12}$/),
    people: 2,
    notes: [expect.stringContaining("MFA")],
  });
  expect(read("diff.html")).toContain("Other changes, which no cell shows");
  expectCode(await report({ out: "diff.html", base: "empty" }), 0);
  expect(read("diff.html")).toContain("has no roster, so everything is new");
});

test("limits of review.yaml stand in the page; rules that do not hold are refused", async () => {
  const rules = join(root, "review.yaml");
  writeFileSync(rules, "holders:\n  - { tier: spectator, account: production, most: 1 }\n  - { most: 5 }\n");
  expectCode(await report({ out: "limits.html" }), 0);
  expect(read("limits.html")).toMatch(
    /class="production over">2<span aria-hidden=true> &gt; 1<\/span><i>, above the limit of 1/,
  );
  expect(read("limits.html")).toContain("the limit is 5");
  // Rules of a base count, and the base here has none.
  expectCode(await report({ out: "limits.html", base: "main" }), 0);
  expect(read("limits.html")).not.toContain("limit of");
  writeFileSync(rules, "holders:\n  - { tier: spectater, most: 1 }\n");
  const refused = expectCode(await report({ out: "a.html", json: true }), 2);
  expect(refused.stderr).toMatch(/review\.yaml:2:.*did you mean "spectator"/);
  expect(JSON.parse(refused.stdout)).toMatchObject({
    ok: false,
    reasons: [expect.any(String)],
    findings: [{ code: "unknown-tier" }],
  });
  rmSync(rules);
});

test.each<readonly [Parameters<typeof report>[0], string]>([
  [{ out: "nowhere/a.html" }, "does not exist"],
  [{ out: "folder" }, "is a folder"],
  [{ out: "link.html" }, "is not a regular file"],
  [{ out: "/dev/null", force: true }, "is not a regular file"],
  [{ out: "roster.yaml/a.html" }, "does not exist"],
  [{ out: "" }, "is a folder"],
  [{ out: "-" }, "not standard output"],
  [{ out: `${"a".repeat(260)}.html` }, "is too long; give a shorter one"],
  [{ date: "tomorrow" }, "invalid day"],
  [{ date: "2026-02-30" }, "invalid day"],
  [{ base: "nowhere" }, "unknown git ref"],
  [{ base: "--upload-pack=x" }, "not a git ref"],
  [{ base: "" }, "not a git ref"],
  [{ roster: "none.yaml" }, "there is no such file"],
  [{ roster: "broken.yaml" }, "broken.yaml:2:1:"],
])("%j is refused, and nothing is written", async (options, reason) => {
  mkdirSync(join(root, "folder"), { recursive: true });
  rmSync(join(root, "link.html"), { force: true });
  symlinkSync(join(root, "roster.yaml"), join(root, "link.html"));
  writeFileSync(join(root, "broken.yaml"), "organization: [\n");
  const { stdout, stderr } = expectCode(await report(options), 2);
  expect([stdout, stderr]).toEqual(["", expect.stringContaining(reason)]);
  expect(() => statSync(join(root, "a.html"))).toThrow();
});

test("without --out: what is missing, and no stack trace", async () => {
  const { stderr } = expectCode(await rolecall(root, env, "report"), 2);
  expect(stderr).toContain("--out");
  expect(stderr).not.toMatch(/\n\s+at /);
});
