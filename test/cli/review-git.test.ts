import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GIT_ENV, gitIn } from "../support/git";
import { EXAMPLE_ROSTER, expectCode, rolecall } from "../support/run-command";

/* What a commit holds is what its checkout would be read as, or it is refused. */

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-review-git-"));
const env = GIT_ENV;
const example = readFileSync(EXAMPLE_ROSTER, "utf8");
const wider = example.replace("production: spectator", "production: administrator");

const git = gitIn(root);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Commits what `change` does to the base, as the tag `head`, and leaves the base checked out. */
function commit(change: () => void): void {
  change();
  git("add", "--all", "--force");
  git("commit", "--quiet", "-m", "change");
  git("tag", "--force", "head");
}

const review = (...args: string[]) => rolecall(root, env, "review", "--base", "main", ...args);

beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  copyFileSync(EXAMPLE_ROSTER, join(root, "roster.yaml"));
  write(".gitignore", ".rolecall\n");
  write("below/roster.yaml", example);
  write("folder/roster/all.yaml", example);
  git("add", ".");
  git("commit", "--quiet", "-m", "base");
});
beforeEach(() => git("checkout", "--quiet", "--force", "--detach", "main"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each<readonly [string, () => void, string]>([
  [
    "a link, whose target's text would be read as the roster",
    () => {
      rmSync(join(root, "roster.yaml"));
      symlinkSync(example, join(root, "roster.yaml"));
    },
    "is not a regular file",
  ],
  ["a folder beside the file", () => write("roster/more.yaml", "people: {}\n"), "only one of the two"],
])("%s is refused in a commit", async (_name, change, reason) => {
  commit(change);
  expect(expectCode(await review("--head", "head"), 2).stderr).toContain(reason);
});

test.each<readonly [string, () => void, string]>([
  ["a file that looks like a part", () => write("folder/roster/b.YAML", "people: {}\n"), "would be ignored"],
  ["a folder below", () => write("folder/roster/more/b.yaml", "people: {}\n"), "would be ignored"],
  ["a link", () => symlinkSync("all.yaml", join(root, "folder/roster/b.yaml")), "is not a regular file"],
])("in a roster's folder, %s is refused in a commit", async (_name, change, reason) => {
  commit(change);
  const run = rolecall(join(root, "folder"), env, "review", "--base", "main", "--head", "head");
  expect(expectCode(await run, 2).stderr).toContain(reason);
});

test("a link in the working tree is read where it leads, as main.ts reads it", async () => {
  write("elsewhere.yaml", wider);
  rmSync(join(root, "roster.yaml"));
  symlinkSync("elsewhere.yaml", join(root, "roster.yaml"));
  expect(expectCode(await review(), 1).stdout).toContain("2 people gain administrator in production");
});

test("a project in a folder of the repository: its roster, a roster's folder, and its rules", async () => {
  commit(() => {
    write("below/review.yaml", "holders: [{ tier: administrator, most: 1 }]\n");
    write("folder/roster/all.yaml", wider);
  });
  const folder = await rolecall(join(root, "folder"), env, "review", "--base", "main", "--head", "head");
  expect(expectCode(folder, 1).stdout).toContain("2 people gain administrator in production");
  const first = await rolecall(join(root, "below"), env, "review", "--base", "main", "--head", "head");
  expect(expectCode(first, 0).stdout).toContain("sets review rules for the first time");
  git("tag", "--force", "rules");
  write("below/roster.yaml", wider);
  git("commit", "--quiet", "-am", "wider");
  const broken = await rolecall(join(root, "below"), env, "review", "--base", "rules", "--head", "HEAD");
  expect(expectCode(broken, 1).stdout).toContain("would hold administrator in production");
});

test("a project that is new has no rules yet, and nobody says that they are removed", async () => {
  commit(() => write("new/roster.yaml", example));
  const { stdout } = await rolecall(join(root, "new"), env, "review", "--base", "main", "--head", "head");
  expect(stdout).toContain("gains administrator");
  expect(stdout).not.toContain("review rules");
});

test("ROLECALL_ROSTER names the roster of both sides", async () => {
  commit(() => write("below/roster.yaml", wider));
  const named = { ...env, ROLECALL_ROSTER: "below/roster.yaml" };
  const { stdout } = await rolecall(root, named, "review", "--base", "main", "--head", "head");
  expect(stdout).toContain("2 people gain administrator in production");
  const away = { ...env, ROLECALL_ROSTER: "../roster.yaml" };
  expect(expectCode(await rolecall(root, away, "review", "--base", "main"), 2).stderr).toContain(
    'git cannot look for "../roster.yaml": it is outside the repository\n',
  );
});

test("a base that the head does not contain is named: what it changed reads the wrong way round", async () => {
  commit(() => write("roster.yaml", wider));
  git("checkout", "--quiet", "--detach", "main");
  expect((await rolecall(root, env, "review", "--base", "head")).stderr).toContain(
    "the base has 1 commit that the head does not have",
  );
  expect((await review("--head", "head")).stderr).not.toContain("that the head does not have");
});
