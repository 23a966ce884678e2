import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { changedCode } from "../../modules/cli/review/changed-code";
import type { Context } from "../../modules/machine/context";
import { GIT_ENV } from "../support/git";

jest.setTimeout(120_000);

type File = string | { readonly link: string } | { readonly executable: string } | null;
type Files = Readonly<Record<string, File>>;
interface Case {
  readonly what: string;
  /** Files that this case's repository has besides. */
  readonly base?: Files;
  readonly change: Files;
  /** Code, data of the project, or somebody else's: the first is told, the others are not. */
  readonly is: "code" | "data" | "silent";
  readonly reason?: string;
  /** Where the project lies; `access` unless said. */
  readonly folder?: string;
}
const { repository, cases } = JSON.parse(
  readFileSync(join(__dirname, "../review/documents/cases/code-files.json"), "utf8"),
) as { readonly repository: Files; readonly cases: readonly Case[] };

const root = mkdtempSync(join(tmpdir(), "rolecall-review-code-"));
const git = (input: string, ...args: string[]) =>
  execFileSync("git", args, { cwd: root, env: WHO, input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
const WHO = {
  ...GIT_ENV,
  ...{ GIT_AUTHOR_NAME: "test", GIT_AUTHOR_EMAIL: "test@example.org" },
  ...{ GIT_COMMITTER_NAME: "test", GIT_COMMITTER_EMAIL: "test@example.org" },
};

/** A branch with these files, written without a checkout: names that no file system here takes are tried as well. */
function branch(name: string, files: Files): void {
  const lines = Object.entries(files).map(([path, file]) => {
    if (file === null) return `D ${JSON.stringify(path)}\n`;
    const [mode, text] =
      typeof file === "string"
        ? ["100644", file]
        : "link" in file
          ? ["120000", file.link]
          : ["100755", file.executable];
    return `M ${mode} inline ${JSON.stringify(path)}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  });
  const who = "committer test <test@example.org> 0 +0000\ndata 1\nx\n";
  git(
    `reset refs/heads/${name}\ncommit refs/heads/${name}\n${who}${lines.join("")}\n`,
    "fast-import",
    "--force",
    "--quiet",
  );
}

beforeAll(() => {
  git("", "init", "--quiet", "--initial-branch=main");
  execFileSync("mkdir", ["-p", join(root, "access")]);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const context = (folder: string): Context => ({
  root: join(root, folder),
  home: join(__dirname, "../.."),
  env: GIT_ENV,
  now: new Date("2026-11-30T00:00:00Z"),
  stdout: () => undefined,
  stderr: () => undefined,
  isTty: false,
});

async function codeOf(base: Files, change: Files, folder: string) {
  branch("before", base);
  branch("after", { ...base, ...change });
  return changedCode(context(folder), { base: "before", head: "after" });
}

test.each(cases)("$is: $what", async ({ base, change, is, reason = "", folder = "access" }) => {
  const found = await codeOf({ ...repository, ...base }, change, folder);
  const [path = ""] = Object.keys(change);
  const told = found?.find((file) => file.path === path);
  expect(found).toBeDefined();
  expect(told === undefined ? "nothing" : "code").toBe(is === "code" ? "code" : "nothing");
  expect(told?.reason ?? "").toContain(reason);
});

describe("the working tree", () => {
  const write = (path: string, text = "x\n") => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const told = async () => {
    const found = await changedCode(context("access"), { base: "before", given: ["given"] });
    return found?.map(({ path }) => path);
  };
  beforeEach(() => {
    branch("before", repository);
    git("", "checkout", "--quiet", "--force", "before");
    git("", "clean", "-qffdx");
  });

  test.each<readonly [string, readonly (readonly [string, string?])[], readonly string[]]>([
    ["nothing", [], []],
    [
      "what work leaves behind",
      ["node_modules/a/i.js", "cdktf.out/x", ".rolecall/y", "state/a", "a.log"].map(
        (path) => [`access/${path}`] as const,
      ),
      [],
    ],
    ["what was given", [["access/given/x.ts"]], []],
    ["prose and other folders", [["access/new/b.md"], ["shop/new.ts"], ["new.txt"]], []],
    ["a new folder", [["access/new/deep/a.ts"]], ["access/new/deep/a.ts"]],
    ["packages beside the code", [["access/lib/node_modules/a/i.js"]], ["access/lib/node_modules/a/i.js"]],
    ["what is ignored", [["access/new/a.ts"], [".git/info/exclude", "new\n"]], ["access/new/a.ts"]],
    ["what tools find above", [[".npmrc"]], [".npmrc"]],
    ["data that lies about", [["access/plan.json"]], []],
    ["the project's own rules and roster", [["access/review.yaml"]], []],
    [
      "what Rolecall's commands wrote, named in messages",
      [
        ["access/access.html"],
        ["access/guard.json"],
        [".git/info/exclude", "help.ts\n"],
        ["access/docs/x.md", "rolecall scp > guard.json\n"],
      ],
      [],
    ],
    [
      "what Rolecall's commands wrote, and a message of a module",
      [
        ["access/access.html"],
        ["access/guard.json"],
        ["access/help.ts", 'say("name it, such as access.html");\nsay(`\n  rolecall scp > guard.json\n`);\n'],
      ],
      ["access/help.ts"],
    ],
    [
      "what Rolecall's commands wrote, read by a module",
      [["access/guard.json"], ["access/help.ts", 'read(join(here, "guard.json"));\n']],
      ["access/guard.json", "access/help.ts"],
    ],
    [
      "what Rolecall's commands wrote, read by a script or named by a workflow",
      [
        ["access/guard.json"],
        ["access/access.html"],
        ["access/run2.sh", "cat guard.json\n"],
        [".github/workflows/n.yml", '{"jobs":{"a":{"steps":[{"run":"sh access/access.html"}]}}}'],
      ],
      [".github/workflows/n.yml", "access/access.html", "access/guard.json", "access/run2.sh"],
    ],
    [
      "such a name elsewhere in the project, and one that a module names",
      [["access/lib/guard.json"], ["access/help.ts", 'say("see guard.json");\n']],
      ["access/help.ts", "access/lib/guard.json"],
    ],
    [
      "data that code names",
      [["access/plan.json"], ["access/run.sh", "cat plan.json\n"]],
      ["access/plan.json", "access/run.sh"],
    ],
    [
      "what tools find by its place above, ignored or not",
      [
        ...[".github/workflows/new.yml", ".github/dependabot.yml", "docs/CODEOWNERS", ".vscode/tasks.json"].map(
          (path) => [path] as const,
        ),
        ...[".claude/settings.json", ".husky/pre-commit", "shop/.gitattributes"].map((path) => [path] as const),
        [".git/info/exclude", ".vscode\n"],
      ],
      [
        ...[".claude/settings.json", ".github/dependabot.yml", ".github/workflows/new.yml", ".husky/pre-commit"],
        ...[".vscode/tasks.json", "docs/CODEOWNERS", "shop/.gitattributes"],
      ],
    ],
    ["a script that a workflow names", [["scripts/deploy.sh", "y\n"]], ["scripts/deploy.sh"]],
  ])("%s", async (_what, files, expected) => {
    for (const file of files) write(...file);
    expect(await told()).toEqual(expected);
  });

  test("files that git was told not to watch", async () => {
    for (const flag of ["--assume-unchanged", "--skip-worktree"]) {
      git("", "update-index", flag, "access/main.ts");
      write("access/main.ts");
      expect(await told()).toEqual(["access/main.ts"]);
      git("", "update-index", flag.replace("--", "--no-"), "access/main.ts");
      git("", "checkout", "--quiet", "--force", "before");
      expect(await told()).toEqual([]);
    }
  });

  test("prose that is executable or a link, and a roster that is a link", async () => {
    chmodSync(join(root, "access/README.md"), 0o755);
    symlinkSync("main.ts", join(root, "access/new.md"));
    write("access/people.yaml");
    rmSync(join(root, "access/roster.yaml"));
    symlinkSync("people.yaml", join(root, "access/roster.yaml"));
    expect(await told()).toEqual(["access/README.md", "access/new.md", "access/roster.yaml"]);
  });
});

test("a repository in which git cannot tell is no repository without changes", async () => {
  expect(await changedCode(context("access"), { base: "nowhere", head: "after" })).toBeUndefined();
});
