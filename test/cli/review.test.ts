import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GIT_ENV, gitIn } from "../support/git";
import { EXAMPLE_ROSTER, expectCode, rolecall } from "../support/run-command";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-review-"));
const env = GIT_ENV;
const roster = join(root, "roster.yaml");

const git = gitIn(root);

beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(root, "README"), "");
  git("add", ".");
  git("commit", "--quiet", "-m", "no roster yet");
  git("tag", "empty");
  copyFileSync(EXAMPLE_ROSTER, roster);
  git("add", ".");
  git("commit", "--quiet", "-m", "roster");
});
beforeEach(() => git("checkout", "--quiet", "--force", "main"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function edit(from: string, to: string): void {
  const text = readFileSync(roster, "utf8");
  expect(text).toContain(from);
  writeFileSync(roster, text.replace(from, to));
}

test("no change, less access, more access: each its exit code", async () => {
  expect(expectCode(await rolecall(root, env, "review", "--base", "main"), 0).stdout).toMatch(
    /^access does not change\nbase refs\/heads\/main at [0-9a-f]{12}, head the working tree on [0-9a-f]{12}\n$/,
  );
  edit("production: spectator", "production: operator");
  const { stdout } = expectCode(await rolecall(root, env, "review", "--base", "main"), 1);
  expect(stdout).toContain('"dev.one@example.org" gains operator in production');
  expect(stdout).toMatch(/\(roster\.yaml:\d+\)/);
  git("commit", "--quiet", "-am", "more");
  git("tag", "--force", "more");
  // A spectator in an operator's place can do less, and see three things more of CloudHSM.
  const back = expectCode(await rolecall(root, env, "review", "--base", "more", "--head", "main~1"), 1);
  expect(back.stdout).toContain("it allows 3 actions that the operator held before does not: cloudhsm:");
  git("reset", "--quiet", "--hard", "main~1");
  edit("teams: [developers]", "teams: []");
  git("commit", "--quiet", "-am", "less");
  expectCode(await rolecall(root, env, "review", "--base", "main~1", "--head", "main"), 3);
  git("reset", "--quiet", "--hard", "main~1");
  const { stdout: json } = expectCode(
    await rolecall(root, env, "review", "--base", "main", "--head", "more", "--json"),
    1,
  );
  expect(JSON.parse(json)).toMatchObject({ schemaVersion: 2, command: "review", verdict: "widening" });
});

test("a base without a roster: everything is gained", async () => {
  expect(expectCode(await rolecall(root, env, "review", "--base", "empty"), 1).stdout).toContain("gains administrator");
  mkdirSync(join(root, ".github/workflows"), { recursive: true });
  writeFileSync(join(root, ".github/workflows/apply.yml"), "on: push\n");
  expect(expectCode(await rolecall(root, env, "review", "--base", "empty"), 1).stdout).toContain(
    ".github/workflows/apply.yml",
  );
  const synths = ["--base-synth", "a", "--head-synth", "b"];
  expect(expectCode(await rolecall(root, env, "review", "--base", "empty", ...synths), 2).stderr).toContain(
    "the base has none: leave them out",
  );
  rmSync(join(root, ".github"), { recursive: true });
});

test("what cannot be told is exit 2 with the reason and the side", async () => {
  expect(expectCode(await rolecall(root, env, "review", "--base", "nowhere"), 2).stderr).toContain(
    'unknown git ref "nowhere"',
  );
  expect(expectCode(await rolecall(root, env, "review", "--base", "--output=x"), 2).stderr).toContain("not a git ref");
  expect(expectCode(await rolecall(root, env, "review"), 2).stderr).toContain("--base");
  writeFileSync(roster, "organization: [\n");
  const { stderr } = expectCode(await rolecall(root, env, "review", "--base", "main"), 2);
  expect(stderr).toContain("the working tree: roster.yaml:");
  expect(stderr).toContain("does not hold, so what changes is unknown");
});

test("nothing of a side is run or written: its main.ts and hooks stay untouched", async () => {
  mkdirSync(join(root, "trap"), { recursive: true });
  writeFileSync(join(root, "main.ts"), 'require("fs").writeFileSync("trapped", "");');
  git("add", ".");
  git("commit", "--quiet", "-m", "trap");
  await rolecall(root, env, "review", "--base", "main~1", "--head", "main");
  expect(() => readFileSync(join(root, "trapped"))).toThrow();
  git("reset", "--quiet", "--hard", "main~1");
});
