import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOME, type Ran, run } from "../support/run-command";

interface Pin {
  readonly action: string;
  readonly version: string;
  readonly commit: string;
  readonly seenIn: number;
  readonly verified: string | null;
}
const PINS = (JSON.parse(readFileSync(join(HOME, ".github/action-pins.json"), "utf8")) as { pins: readonly Pin[] })
  .pins;

/** The first release of each action that runs on Node 24; before it, runners of today refuse the action. */
const FIRST_ON_NODE_24: Readonly<Record<string, number>> = {
  "actions/checkout": 5,
  "actions/download-artifact": 7,
  "actions/setup-node": 5,
  "actions/upload-artifact": 6,
  "aws-actions/configure-aws-credentials": 6,
  "hashicorp/setup-terraform": 4,
};

const FOLDER = mkdtempSync(join(tmpdir(), "rolecall-pins-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const env = {
  PATH: process.env["PATH"],
  HOME: FOLDER,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.org",
};
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync("git", args, { cwd, env, encoding: "utf8" }).trim();

/** A repository of the action with two commits and a tag for each; the second tag is annotated. */
function makeAction(action: string): { readonly first: string; readonly second: string } {
  const where = join(FOLDER, "actions", action);
  mkdirSync(where, { recursive: true });
  git(where, "init", "--quiet");
  const commit = (tag: readonly string[]) => {
    git(where, "commit", "--quiet", "--allow-empty", "-m", tag.join(" "));
    git(where, "tag", ...tag);
    return git(where, "rev-parse", "HEAD");
  };
  return { first: commit(["v1.2.3"]), second: commit(["-a", "-m", "x", "v1.10.0"]) };
}

/** Runs the script for one workflow that holds `uses`, with `pins` recorded. */
async function check(
  uses: readonly string[],
  pins: readonly object[],
  ...args: string[]
): Promise<Ran & { readonly kept: readonly Pin[] }> {
  const project = mkdtempSync(join(FOLDER, "project-"));
  mkdirSync(join(project, ".github/workflows"), { recursive: true });
  mkdirSync(join(project, ".github/scripts"));
  copyFileSync(join(HOME, ".github/scripts/check-pins.js"), join(project, ".github/scripts/check-pins.js"));
  writeFileSync(join(project, ".github/workflows/w.yml"), uses.map((each) => `      - uses: ${each}\n`).join(""));
  const record = join(project, ".github/action-pins.json");
  writeFileSync(record, JSON.stringify({ asOf: "2026-11-30", pins }));
  const more = { PINS_FROM: `file://${join(FOLDER, "actions")}` };
  const ran = await run(process.execPath, [".github/scripts/check-pins.js", ...args], {
    cwd: project,
    env: { ...env, ...more },
  });
  return { ...ran, kept: (JSON.parse(readFileSync(record, "utf8")) as { pins: readonly Pin[] }).pins };
}

const made = makeAction("o/good");
const pin = (commit: string, version: string, action = "o/good") => ({ action, version, commit, verified: null });
const line = (commit: string, version: string, action = "o/good") => `${action}@${commit} # ${version}`;
const OTHER = "0123456789012345678901234567890123456789";

test("the workflows use exactly the recorded pins, each seen in two places at least and running on Node 24", () => {
  const texts = ["apply", "plan", "pull-request", "review-comment"].map((name) =>
    readFileSync(join(HOME, `.github/workflows/${name}.yml`), "utf8"),
  );
  const used = texts.flatMap((text) => [...text.matchAll(/\buses: ([\w-]+\/\S+@\S+ # \S+)/g)].map(([, uses]) => uses));
  expect([...new Set(used)].sort()).toEqual(PINS.map(({ action, commit, version }) => line(commit, version, action)));
  expect(PINS.filter(({ seenIn }) => !(seenIn >= 2))).toEqual([]);
  const majors = PINS.map(({ action, version }) => [action, Number(/^v(\d+)\./.exec(version)?.[1])] as const);
  expect(majors.filter(([action, major]) => !(major >= (FIRST_ON_NODE_24[action] ?? Number.NaN)))).toEqual([]);
});

test.each([
  ["a plain tag, of which a newer one exists", made.first, "v1.2.3", 0, /as pinned; v1\.10\.0 is newer/],
  ["an annotated tag is followed to its commit", made.second, "v1.10.0", 0, /as pinned$/m],
  ["another commit", OTHER, "v1.2.3", 1, new RegExp(`v1\\.2\\.3 is ${made.first}, but ${OTHER} is pinned`)],
  ["a commit of another tag", made.second, "v1.2.3", 1, /do not run it/],
  ["no such tag", made.first, "v1.2.4", 1, /has no tag v1\.2\.4/],
] as const)("check-pins: %s", async (_name, commit, version, code, says) => {
  const ran = await check([line(commit, version)], [pin(commit, version)], "--record");
  expect([ran.code, ran.stdout + ran.stderr]).toEqual([code, expect.stringMatching(says)]);
  expect(ran.kept.map(({ verified }) => verified !== null)).toEqual([code === 0]);
});

test.each([
  [
    "a repository that is not there",
    [line(OTHER, "v1.2.3", "o/none")],
    [pin(OTHER, "v1.2.3", "o/none")],
    2,
    "cannot ask o/none for its tags: fatal: ",
  ],
  ["a tag instead of a commit", ["o/good@v1.2.3"], [], 2, "invalid pin in w.yml"],
  ["no version", [`o/good@${made.first}`], [], 2, "invalid pin in w.yml"],
  ["a pin that is not recorded", [line(made.first, "v1.2.3")], [], 1, "does not have"],
  ["a pin that nothing uses", [], [pin(made.first, "v1.2.3")], 1, "no workflow uses"],
  ["an action of this repository", ["./.github/workflows/plan.yml"], [], 0, ""],
  ["an action in a folder", [`o/good/sub@${made.first} # v1.2.3`], [pin(made.first, "v1.2.3")], 0, "as pinned"],
] as const)("check-pins: %s", async (_name, uses, pins, code, says) => {
  const ran = await check(uses, pins);
  expect([ran.code, ran.stdout + ran.stderr]).toEqual([code, expect.stringContaining(says)]);
});

test("the script reads the real workflows, and cannot tell when no repository answers", async () => {
  const project = mkdtempSync(join(FOLDER, "real-"));
  cpSync(join(HOME, ".github"), join(project, ".github"), { recursive: true });
  const ran = await run(process.execPath, [".github/scripts/check-pins.js"], {
    cwd: project,
    env: { ...env, PINS_FROM: `file://${join(FOLDER, "nowhere")}` },
  });
  expect(ran.code).toBe(2);
  expect(ran.stderr.match(/cannot ask/g)).toHaveLength(PINS.length);
});
