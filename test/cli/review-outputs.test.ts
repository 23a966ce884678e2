import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ReviewOptions, runReview } from "../support/run-review";
import { gitIn } from "../support/git";
import { heard } from "../support/in-process";
import { EXAMPLE_ROSTER } from "../support/run-command";

const root = mkdtempSync(join(tmpdir(), "rolecall-outputs-"));
const roster = join(root, "roster.yaml");

const git = gitIn(root);

async function run(options: Partial<ReviewOptions>, at = root) {
  const said = heard(at, { now: new Date("2026-11-01T00:00:00Z") });
  const code = await runReview(said.context, { base: "main", json: false, ...options });
  return { code, stdout: said.stdout(), stderr: said.stderr() };
}

beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  copyFileSync(EXAMPLE_ROSTER, roster);
  writeFileSync(join(root, "review.yaml"), "holders: [{ account: production, tier: operator, most: 1 }]\n");
  git("add", ".");
  git("commit", "--quiet", "-m", "base");
});
beforeEach(() => {
  git("reset", "--quiet", "--hard", "main");
  git("clean", "--quiet", "-fd");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const widen = () =>
  writeFileSync(roster, readFileSync(roster, "utf8").replace("production: spectator", "production: operator"));

test("several outputs of one run: files readable by their owner alone, annotations on stdout", async () => {
  widen();
  const { code, stdout } = await run({ markdown: "review.md", sarif: "review.sarif", annotations: true });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^::error file=roster\.yaml,line=9,/);
  expect(readFileSync(join(root, "review.md"), "utf8")).toContain("2 people would hold operator in production");
  expect(JSON.parse(readFileSync(join(root, "review.sarif"), "utf8")).runs[0].properties.verdict).toBe("breach");
  expect(statSync(join(root, "review.md")).mode & 0o777).toBe(0o600);
});

test("SARIF names the pipeline's repository as where to read on", async () => {
  widen();
  const env = { ...process.env, GITHUB_SERVER_URL: "https://git.example.org", GITHUB_REPOSITORY: "example/access" };
  const said = heard(root, { now: new Date("2026-11-01T00:00:00Z") });
  await runReview({ ...said.context, env }, { base: "main", json: false, sarif: true });
  const { informationUri, rules } = JSON.parse(said.stdout()).runs[0].tool.driver;
  expect(informationUri).toBe("https://git.example.org/example/access");
  expect(rules.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(["AccessWidening", "TooManyHolders"]),
  );
});

test("JSON has it all", async () => {
  widen();
  const json = JSON.parse((await run({ json: true })).stdout);
  expect(json).toMatchObject({ schemaVersion: 2, command: "review", verdict: "breach" });
  expect(json.findings[0]).toMatchObject({ code: "too-many-holders", place: { file: "roster.yaml", line: 9 } });
  expect(json.approvals).toEqual([{ by: [], count: 0, changes: 2 }]);
});

test("rules of the change itself do not count", async () => {
  widen();
  writeFileSync(join(root, "review.yaml"), "holders: [{ tier: operator, most: 99 }]\n");
  const { code, stdout } = await run({});
  expect(code).toBe(1);
  expect(stdout).toContain("2 people would hold operator");
  expect(stdout).toContain("this change changes the review rules");
});

test("a roster that does not hold is in the outputs for machines, too", async () => {
  writeFileSync(roster, readFileSync(roster, "utf8").replace("tier: operator", "tier: operater"));
  expect(await run({})).toMatchObject({ code: 2, stdout: "" });
  const { code, stdout } = await run({ markdown: true });
  expect(code).toBe(2);
  expect(stdout).toContain("`operater`");
  expect(JSON.parse((await run({ json: true })).stdout).verdict).toBe("unknown");
});

test("a roster that becomes a folder changes nothing; a shallow clone says what it lacks", async () => {
  mkdirSync(join(root, "roster"));
  renameSync(roster, join(root, "roster/all.yaml"));
  expect(await run({})).toMatchObject({ code: 0, stdout: expect.stringMatching(/^access does not change\nbase /) });
  git("commit", "--quiet", "--allow-empty", "-m", "more");
  const clone = join(root, "clone");
  git("clone", "--quiet", "--depth=1", `file://${root}`, clone);
  expect((await run({ base: "HEAD" }, clone)).code).toBe(0);
  expect((await run({ base: "HEAD~1" }, clone)).stderr).toContain("shallow");
  git("reset", "--quiet", "--hard", "main~1");
});

test.each([
  ["two on stdout", { json: true, markdown: true as const }, "only one of"],
  ["two in one file", { markdown: "x", sarif: "./x" }, "name the same file"],
  ["somebody's file", { markdown: "roster.yaml" }, "exists and is not a review"],
  ["no such folder", { markdown: "nowhere/x.md" }, "does not exist"],
  ["a link", { sarif: "link" }, "not a regular file"],
  ["a folder", { markdown: "." }, "is a folder"],
])("an output that cannot be: %s", async (_name, options, expected) => {
  symlinkSync("/etc/hostname", join(root, "link"));
  const { code, stderr } = await run(options);
  expect(code).toBe(2);
  expect(stderr).toContain(expected);
  expect(readFileSync(roster, "utf8")).toContain("organization");
});

test("a review is written over an earlier one", async () => {
  const outputs = { markdown: "review.md", sarif: "review.sarif" };
  expect([(await run(outputs)).code, (await run(outputs)).code]).toEqual([0, 0]);
});
