import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectCode, HOME, type Ran, run } from "../support/run-command";

export const folder = mkdtempSync(join(tmpdir(), "rolecall-ci-"));
const origin = join(folder, "origin");
const who = { GIT_AUTHOR_NAME: "t", GIT_AUTHOR_EMAIL: "t@e", GIT_COMMITTER_NAME: "t", GIT_COMMITTER_EMAIL: "t@e" };
/** As in a fork's job: no token, nothing of this machine's settings. */
export const env = {
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
  "terraform.lock.hcl",
  ".github",
];

export function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", ["-c", "commit.gpgsign=false", ...args], { cwd, env, stdio: "pipe" })
    .toString()
    .trim();
}

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

/** Makes the repository that the pull requests go to: this project's code, and a roster. */
export function makeOrigin(): void {
  mkdirSync(origin);
  for (const part of PARTS) cpSync(join(HOME, part), join(origin, part), { recursive: true });
  writeFileSync(join(origin, "roster.yaml"), ROSTER);
  git(origin, "init", "--quiet", "--initial-branch=main");
  writeFileSync(join(origin, ".gitignore"), "node_modules\n.rolecall\n");
  git(origin, "add", ".");
  git(origin, "commit", "--quiet", "-m", "base");
}

export interface PullRequest {
  readonly workspace: string;
  readonly head: string;
}

/** A pull request with this change, checked out as the workflows do; `main` went on meanwhile. */
export function pullRequest(name: string, change: (root: string) => void): PullRequest {
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

export function edit(root: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(root, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(root, file), text.replace(from, to));
}

export async function sides({ workspace, head }: PullRequest): Promise<Readonly<Record<string, string>>> {
  const ran = await run("sh", ["base/.github/scripts/sides.sh"], { cwd: workspace, env: { ...env, HEAD_SHA: head } });
  return Object.fromEntries(
    expectCode(ran, 0)
      .stdout.trim()
      .split("\n")
      .map((line) => line.split("=")),
  );
}

export interface Reviewed extends Ran {
  readonly summary: string;
  /** The folder of what was written. */
  readonly out: string;
}

export async function review(pull: PullRequest, more: NodeJS.ProcessEnv = {}): Promise<Reviewed> {
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
