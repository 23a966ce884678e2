import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

test.each(cases)("$is: $what", async ({ base, change, is, reason = "" }) => {
  const found = await codeOf({ ...repository, ...base }, change, "access");
  const [path = ""] = Object.keys(change);
  const told = found?.find((file) => file.path === path);
  expect(found).toBeDefined();
  expect(told === undefined ? "nothing" : "code").toBe(is === "code" ? "code" : "nothing");
  expect(told?.reason ?? "").toContain(reason);
});
