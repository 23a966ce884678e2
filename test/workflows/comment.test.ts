import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectCode, HOME, type Ran, run } from "../support/run-command";
import { FakeGitHub } from "./fake-github";

const MARKER = "<!-- rolecall-review:v1 -->";
const SHA = "abcdef0123456789abcdef0123456789abcdef01";
const HEAD = `${MARKER}\nCommit \`abcdef012345\`\n`;
const folder = mkdtempSync(join(tmpdir(), "rolecall-comment-"));
const file = join(folder, "review.md");
let github: FakeGitHub;

beforeEach(async () => {
  github = await FakeGitHub.start();
});
afterEach(() => github.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function script(name: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  const all = {
    PATH: process.env["PATH"],
    GITHUB_TOKEN: "sesame",
    GITHUB_REPOSITORY: "o/r",
    GITHUB_API_URL: github.url,
  };
  const ran = await run(process.execPath, [join(HOME, ".github/scripts", name)], {
    cwd: folder,
    env: { ...all, ...env },
  });
  expect(ran.stdout + ran.stderr).not.toContain("sesame");
  return ran;
}

async function upsert(body: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  writeFileSync(file, body);
  const given = { PULL_REQUEST: "7", HEAD_SHA: SHA, REVIEWED: "success", COMMENT_FILE: file };
  return script("upsert-comment.js", { ...given, ...env });
}

test("posted once, then updated in place, with its commit; nothing is sent that is there already", async () => {
  expectCode(await upsert(`${MARKER}\nAccess does not change.\n`), 0);
  expect(github.comments.map(({ body }) => body)).toEqual([`${HEAD}\nAccess does not change.`]);
  expectCode(await upsert(`${MARKER}\ntwo\n`), 0);
  expectCode(await upsert(`${MARKER}\ntwo\n`), 0);
  expect(github.requests.filter((each) => each.startsWith("PATCH"))).toHaveLength(1);
  expectCode(await upsert(`${MARKER}\ntwo\n`, { HEAD_SHA: "b".repeat(40) }), 0);
  expect(github.comments.map(({ body }) => body)).toEqual([`${MARKER}\nCommit \`bbbbbbbbbbbb\`\n\ntwo`]);
});

test.each(["failure", ""])("a review that ended as %j is written over", async (reviewed) => {
  github.add(`${MARKER}\nAccess does not change.`);
  expectCode(await upsert(`${MARKER}\nAccess does not change.`, { REVIEWED: reviewed, COMMENT_FILE: "" }), 0);
  expect(github.comments.map(({ body }) => body)).toEqual([
    expect.stringMatching(/012345`\n\n.*could not be reviewed/),
  ]);
});

test.each([
  ["success", "success", "success"],
  ["success", "failure", "failure"],
  ["success", "", "failure"],
  ["failure", "success", "error"],
  ["", "success", "error"],
])("the status: the job ended as %j, its review as %j: %s", async (reviewed, holds, state) => {
  const env = { HEAD_SHA: SHA, REVIEWED: reviewed, HOLDS: holds, RUN_URL: "https://github.example/o/r/actions/runs/1" };
  expectCode(await script("set-status.js", env), 0);
  expect(github.statuses).toMatchObject([{ sha: SHA, context: "access review", state, target_url: env.RUN_URL }]);
});

test("the own comment is found on the third page; others' with the marker are left alone", async () => {
  github.add(`${MARKER}\nby somebody`, "mallory", "User");
  github.add(`${MARKER}\nby another bot`, "other[bot]");
  github.add(`${MARKER}\na person with the bot's name`, "github-actions[bot]", "User");
  for (let n = 0; n < 220; n++) github.add(`comment ${n}`);
  github.add(`${MARKER}\nold`);
  expectCode(await upsert(`${MARKER}\nnew`), 0);
  expect(github.comments.at(-1)?.body).toBe(`${HEAD}\nnew`);
  expect(github.comments.filter(({ body }) => body.endsWith("new"))).toHaveLength(1);
  expect(github.requests.filter((each) => each.startsWith("GET"))).toHaveLength(3);
});

test.each([
  ["may not", { status: 403 }, "permissions: pull-requests: write, statuses: write"],
  ["not there", { status: 404 }, "it does not exist"],
  ["unknown token", { status: 401 }, "does not know the token"],
  [
    "rate limit",
    { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000000" } },
    "2027-01-15",
  ],
  ["second rate limit", { status: 429, headers: { "retry-after": "60" } }, "wait 60 s"],
  ["no JSON", { status: 200, body: "<html>" }, "not JSON"],
  ["no list", { status: 200, body: "{}" }, "not a list"],
  ["elsewhere", { status: 302, headers: { location: "http://127.0.0.1:9/" } }, "cannot be reached"],
  ["broken", { status: 502 }, "answered 502"],
])("GitHub's trouble is one line and exit 2: %s", async (_name, refusal, expected) => {
  github.refusal = refusal;
  const { stderr } = expectCode(await upsert(`${MARKER}\nx`), 2);
  expect(stderr).toContain(expected);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test.each([
  ["a number with a path", { PULL_REQUEST: "7/../8" }, "PULL_REQUEST"],
  ["no commit", { HEAD_SHA: "main" }, "HEAD_SHA"],
  ["no number", { PULL_REQUEST: "" }, "PULL_REQUEST"],
  ["a repository with a path", { GITHUB_REPOSITORY: "o/r/../x" }, "GITHUB_REPOSITORY"],
  ["no token", { GITHUB_TOKEN: "" }, "GITHUB_TOKEN"],
  ["no file", { COMMENT_FILE: "/nowhere" }, "COMMENT_FILE"],
  ["nobody listens", { GITHUB_API_URL: "http://127.0.0.1:9" }, "cannot be reached"],
])("wrong input: %s", async (_name, env, expected) => {
  expect(expectCode(await upsert(`${MARKER}\nx`, env), 2).stderr).toContain(expected);
  expect(github.comments).toEqual([]);
});

test("a comment that is too long, without the marker, or a link is not posted", async () => {
  expect(expectCode(await upsert(`${MARKER}\n${"x".repeat(65_536)}`), 2).stderr).toContain("--max-chars");
  expect(expectCode(await upsert(`hello\n${MARKER}`), 2).stderr).toContain("does not begin");
  const link = join(folder, "link.md");
  symlinkSync(file, link);
  expect(expectCode(await upsert(MARKER, { COMMENT_FILE: link }), 2).stderr).toContain("not a file");
  expect(github.requests).toEqual([]);
});

test("the pull request is found by what GitHub says of its head, or there is none", async () => {
  const sha = SHA;
  const pull = (number: number, head: string, ref = "main", repo = "o/r") => ({
    number,
    state: "open",
    head: { sha: head },
    base: { ref, repo: { full_name: repo } },
  });
  const out = join(folder, "output");
  const env = { HEAD_SHA: sha, HEAD_OWNER: "fork", HEAD_BRANCH: "a&b=c#d", BASE_BRANCH: "main", GITHUB_OUTPUT: out };
  const found = async () => {
    writeFileSync(out, "");
    expectCode(await script("find-pull-request.js", env), 0);
    return readFileSync(out, "utf8");
  };
  github.pulls = [pull(5, "b".repeat(40)), pull(6, sha, "other"), pull(8, sha, "main", "x/y")];
  expect(await found()).toBe("number=\n");
  github.pulls.push(pull(7, sha));
  expect(await found()).toBe("number=7\n");
  github.pulls.push(pull(9, sha));
  expectCode(await script("find-pull-request.js", env), 2);
  expectCode(await script("find-pull-request.js", { ...env, HEAD_SHA: "main" }), 2);
});
