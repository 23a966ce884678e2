import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "../../../modules/machine/git/environment";
import { failureFrom } from "../../../modules/machine/git/failure";
import { commitsMissing } from "../../../modules/machine/git/history";
import { entriesIn, entryOf, fileOf } from "../../../modules/machine/git/objects";
import { findRepository } from "../../../modules/machine/git/repository";
import { resolveCommit } from "../../../modules/machine/git/resolve-commit";
import { runGit } from "../../../modules/machine/git/run-git";
import { addWorktree, removeWorktree } from "../../../modules/machine/git/worktree";
import { GIT_ENV, gitIn } from "../../support/git";
import failures from "./cases/failures.json";

/* Git runs nothing of a repository, asks no network, and a failure of it keeps its reason. */

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-git-"));
const origin = join(root, "origin");
const git = gitIn(origin);
const place = { root: origin, env: GIT_ENV };

beforeAll(() => {
  mkdirSync(join(origin, "infra"), { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(origin, "infra/roster.yaml"), "people: {}\n");
  git("add", ".");
  git("commit", "--quiet", "-m", "one");
  git("commit", "--quiet", "--allow-empty", "-m", "two");
  git("config", "uploadpack.allowFilter", "true");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function clone(name: string, ...args: readonly string[]): string {
  const folder = join(root, name);
  git("clone", "--quiet", ...args, `file://${origin}`, folder);
  return folder;
}

/** A git that does something before it is git. */
function otherGit(name: string, ...lines: readonly string[]): NodeJS.ProcessEnv {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  const path = process.env["PATH"] ?? "";
  writeFileSync(join(folder, "git"), ["#!/bin/sh", ...lines, `PATH='${path}' exec git "$@"`, ""].join("\n"));
  chmodSync(join(folder, "git"), 0o755);
  return { ...GIT_ENV, PATH: `${folder}:${path}` };
}

const reasonOf = (answer: { readonly known: boolean; readonly reason?: string }) => answer.reason ?? "it is known";

test.each(failures.map((each) => [each.says.split("\n")[0] || "nothing", each] as const))(
  "git says: %s",
  (_says, given) => {
    const { kind, reason } = failureFrom(given.says, "exit code 1");
    expect(kind).toBe(given.kind);
    expect(reason).toContain(("reason" in given && given.reason) || "");
    expect(reason).not.toMatch(/\p{Cc}/u);
  },
);

test("git that is not there, and a folder that is not there, are two things", async () => {
  const [none, nowhere] = [
    await findRepository({ root: origin, env: { PATH: join(root, "empty") } }),
    await findRepository({ root: join(root, "nowhere"), env: GIT_ENV }),
  ];
  expect(none).toMatchObject({ failure: { kind: "not-installed", reason: expect.stringContaining("install git") } });
  expect(nowhere).toMatchObject({
    failure: { kind: "not-a-repository", reason: expect.stringContaining("does not exist") },
  });
});

test("a checkout of another user is said to be one, with the cure", async () => {
  const env = otherGit("foreign", "export GIT_TEST_ASSUME_DIFFERENT_OWNER=1");
  const answer = await resolveCommit({ root: origin, env }, "main");
  expect(reasonOf(answer)).toContain(`git config --global --add safe.directory ${origin}`);
  const trusted = { ...env, GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" };
  expect((await resolveCommit({ root: origin, env: trusted }, "main")).known).toBe(true);
});

test("git that answers otherwise than git does is no answer", async () => {
  const odd = await findRepository({ root: origin, env: otherGit("odd", "echo hello; exit 0") });
  const killed = await runGit({ root: origin, env: otherGit("killed", "kill -9 $$") }, ["status"]);
  expect(odd).toMatchObject({ ok: false, failure: { kind: "other" } });
  expect(killed).toMatchObject({ failure: { reason: "git was stopped by SIGKILL" } });
  expect(await entriesIn({ root: origin, env: otherGit("list", "echo hello; exit 0") }, "HEAD", "infra")).toMatchObject(
    {
      known: false,
    },
  );
});

test("variables that lead git elsewhere do not reach it; a person's own settings do", async () => {
  const elsewhere = { GIT_DIR: "/nowhere", GIT_WORK_TREE: "/", GIT_INDEX_FILE: "/x", GIT_OBJECT_DIRECTORY: "/x" };
  const more = { GIT_COMMON_DIR: "/x", GIT_NAMESPACE: "x", GIT_SHALLOW_FILE: "/x", GIT_REPLACE_REF_BASE: "refs/x/" };
  const last = {
    GIT_EXTERNAL_DIFF: "/x",
    GIT_ICASE_PATHSPECS: "1",
    GIT_TRACE: "2",
    GIT_ALTERNATE_OBJECT_DIRECTORIES: "/x",
  };
  const env = { ...GIT_ENV, ...elsewhere, ...more, ...last, LC_ALL: "de_DE.UTF-8", LANGUAGE: "de" };
  expect(await findRepository({ root: origin, env })).toMatchObject({
    ok: true,
    repository: { top: origin, prefix: "" },
  });
  const kept = Object.keys(gitEnvironment(env)).filter((name) => name in elsewhere || name in more || name in last);
  expect(kept).toEqual([]);
  expect(gitEnvironment(env)).toMatchObject({
    LC_ALL: "C",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_NO_REPLACE_OBJECTS: "1",
  });
});

test("nothing of the repository runs: no hook, no monitor, no external diff, no pager", async () => {
  const folder = clone("hooked");
  const own = gitIn(folder);
  const trap = join(root, "trap");
  writeFileSync(trap, `#!/bin/sh\necho ran >> '${join(root, "ran")}'\n`);
  chmodSync(trap, 0o755);
  for (const hook of ["post-checkout", "post-index-change", "reference-transaction"])
    writeFileSync(join(folder, ".git/hooks", hook), readFileSync(trap), { mode: 0o755 });
  own("config", "core.fsmonitor", trap);
  own("config", "diff.external", trap);
  own("config", "core.pager", trap);
  // Writing the settings may have asked the hooks and the monitor.
  rmSync(join(root, "ran"), { force: true });
  const here = { root: folder, env: { ...GIT_ENV, GIT_EXTERNAL_DIFF: trap } };
  writeFileSync(join(folder, "infra/roster.yaml"), "people: {a: {}}\n");
  const main = await resolveCommit(here, "main");
  expect(main.known).toBe(true);
  const commit = main.known ? main.value.commit : "";
  expect(await runGit(here, ["diff", "--name-only", "--no-ext-diff", "--no-textconv", commit])).toMatchObject({
    ok: true,
  });
  const tree = join(root, "tree");
  expect(await addWorktree(here, tree, commit)).toEqual({ known: true, value: tree });
  await removeWorktree(here, tree);
  expect(existsSync(tree)).toBe(false);
  expect(existsSync(join(root, "ran"))).toBe(false);
});

test("a worktree is of the commit, whatever branch has its hash for a name", async () => {
  const two = git("rev-parse", "main").trim();
  git("update-ref", `refs/heads/${two}`, `${two}~1`);
  const tree = join(root, "named");
  expect(await addWorktree(place, tree, two)).toEqual({ known: true, value: tree });
  expect(gitIn(tree)("log", "-1", "--format=%s").trim()).toBe("two");
  await removeWorktree(place, tree);
  git("update-ref", "-d", `refs/heads/${two}`);
});

test("a setting that takes another folder for the work tree is refused", async () => {
  const folder = clone("moved");
  const other = join(root, "other");
  mkdirSync(other);
  gitIn(folder)("config", "core.worktree", other);
  expect(await findRepository({ root: folder, env: GIT_ENV })).toMatchObject({
    failure: { kind: "other", reason: expect.stringContaining("core.worktree") },
  });
});

test("a repository that somebody committed as a folder is not read, with its settings and refs", async () => {
  const folder = join(clone("embedding"), "below");
  git("init", "--quiet", "--bare", "--initial-branch=main", folder);
  git("push", "--quiet", folder, "main");
  const own = gitIn(folder);
  own("config", "core.bare", "false");
  own("config", "core.worktree", folder);
  expect(own("rev-parse", "--show-toplevel").trim()).toBe(folder);
  expect(await findRepository({ root: folder, env: GIT_ENV })).toMatchObject({
    failure: { kind: "other", reason: expect.stringContaining("bare repository") },
  });
});

test("a folder below, a linked worktree and a path with a link are found", async () => {
  expect(await findRepository({ root: join(origin, "infra"), env: GIT_ENV })).toMatchObject({
    repository: { top: origin, prefix: "infra/", shallow: false, digits: 40 },
  });
  git("worktree", "add", "--quiet", "--detach", join(root, "linked"), "main~1");
  const head = await resolveCommit({ root: join(root, "linked"), env: GIT_ENV }, "HEAD");
  expect(head).toMatchObject({ value: { commit: git("rev-parse", "main~1").trim() } });
});

describe("a shallow clone", () => {
  test("says that it is one where a commit is not there", async () => {
    const folder = { root: clone("shallow", "--depth=1"), env: GIT_ENV };
    expect(reasonOf(await resolveCommit(folder, "HEAD~1"))).toContain("this clone is shallow: fetch its history");
    expect(reasonOf(await resolveCommit(folder, "v1"))).toContain("this clone is shallow");
    expect(reasonOf(await resolveCommit(folder, git("rev-parse", "main~1").trim()))).toContain("this clone is shallow");
    expect((await resolveCommit(folder, "HEAD")).known).toBe(true);
  });

  test("takes no abbreviated hash: it may begin one that is not there, too", async () => {
    const folder = { root: clone("short", "--depth=1"), env: GIT_ENV };
    const two = git("rev-parse", "main").trim();
    expect(reasonOf(await resolveCommit(folder, two.slice(0, 8)))).toContain(`give all of it: ${two}`);
  });

  test("counts no commits that lie beyond it, but knows an ancestor", async () => {
    git("branch", "side", "main~1");
    git("checkout", "--quiet", "side");
    git("commit", "--quiet", "--allow-empty", "-m", "three");
    const root = clone("apart", "--depth=1", "--no-single-branch");
    const [main = "", side = ""] = ["main", "side"].map((ref) => git("rev-parse", ref).trim());
    expect(reasonOf(await commitsMissing({ root, env: GIT_ENV }, main, side))).toContain("this clone is shallow");
    expect(await commitsMissing({ root, env: GIT_ENV }, main, main)).toEqual({ known: true, value: 0 });
    expect(await commitsMissing(place, main, side)).toEqual({ known: true, value: 1 });
    expect((await commitsMissing(place, main, "1".repeat(40))).known).toBe(false);
    git("checkout", "--quiet", "main");
  });
});

test("a partial clone asks no network for what it lacks, and says so", async () => {
  const folder = clone("partial", "--filter=blob:none", "--no-checkout");
  const here = { root: folder, env: GIT_ENV };
  const commit = git("rev-parse", "main").trim();
  expect(await entryOf(here, commit, "infra/roster.yaml")).toEqual({
    known: true,
    value: [{ name: "infra/roster.yaml", kind: "file" }],
  });
  const before = gitIn(folder)("count-objects", "-v");
  expect(reasonOf(await fileOf(here, commit, "infra/roster.yaml"))).toContain("git fetch --refetch --no-filter");
  expect(gitIn(folder)("count-objects", "-v")).toBe(before);
});

test("what a commit does not have is known not to be there; a commit that is not there is not", async () => {
  const commit = git("rev-parse", "main").trim();
  expect(await entryOf(place, commit, "nothing.yaml")).toEqual({ known: true, value: [] });
  expect((await entryOf(place, "1".repeat(40), "infra")).known).toBe(false);
  expect((await entryOf(place, commit, "../outside")).known).toBe(false);
  expect((await entriesIn(place, commit, "nowhere")).known).toBe(false);
});

test("a repository of longer hashes", async () => {
  const folder = join(root, "sha256");
  git("init", "--quiet", "--initial-branch=main", "--object-format=sha256", folder);
  const own = gitIn(folder);
  own("commit", "--quiet", "--allow-empty", "-m", "one");
  const hash = own("rev-parse", "HEAD").trim();
  const here = { root: folder, env: GIT_ENV };
  expect(await resolveCommit(here, hash)).toEqual({ known: true, value: { name: hash, ref: hash, commit: hash } });
  expect(reasonOf(await resolveCommit(here, hash.slice(0, 40), { runs: true }))).toContain("abbreviated hash");
});
