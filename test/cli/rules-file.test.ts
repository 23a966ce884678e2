import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GIT_ENV, gitIn } from "../support/git";
import { EXAMPLE_ROSTER, expectCode, rolecall } from "../support/run-command";

jest.setTimeout(120_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-rules-"));
const roster = join(root, "roster.yaml");
const rules = join(root, "review.yaml");
const git = gitIn(root);
const cli = (...args: string[]) => rolecall(root, GIT_ENV, ...args);
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

beforeAll(() => git("init", "--quiet", "--initial-branch=main"));
beforeEach(() => {
  for (const name of ["roster.yaml", "review.yaml", "review.yml", "Review.yaml"])
    rmSync(join(root, name), { recursive: true, force: true });
  copyFileSync(EXAMPLE_ROSTER, roster);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function commit(): void {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "-m", "x");
}

/** Every way in which there may be rules that nobody can read. */
const UNREADABLE: readonly (readonly [string, () => void, string])[] = [
  ["a symlink", () => symlinkSync("roster.yaml", rules), "not a regular file"],
  ["a link to nothing", () => symlinkSync("nowhere", rules), "not a regular file"],
  [
    "a folder",
    () => {
      mkdirSync(rules);
      writeFileSync(join(rules, "a.yaml"), "holders: []\n");
    },
    "not a regular file",
  ],
  ["too large", () => writeFileSync(rules, `# ${"x".repeat(4_100_000)}\nholders: [{ most: 3 }]\n`), "too large"],
  [
    "another name",
    () => writeFileSync(join(root, "review.yml"), "holders: [{ most: 3 }]\n"),
    'the file "review.yml" is not read',
  ],
  ["another case", () => writeFileSync(join(root, "Review.yaml"), "holders: [{ most: 3 }]\n"), "is not read"],
  ["not UTF-8", () => writeFileSync(rules, Buffer.from([0xff, 0xfe, 0x00])), "UTF-8"],
  ["aliases", () => writeFileSync(rules, "holders: [&a { most: 3 }, *a]\n"), "anchors"],
  ["a key twice", () => writeFileSync(rules, "holders: [{ most: 3 }]\nholders: [{ most: 9 }]\n"), "is written twice"],
];

test.each(UNREADABLE)(
  "rules that are %s: check fails, review cannot tell, grant writes nothing",
  async (_name, make, says) => {
    make();
    commit();
    const checked = await cli("check");
    expect([1, 2]).toContain(checked.code);
    expect(checked.stdout).toContain(says);
    const reviewed = await cli("review", "--base", "HEAD", "--json");
    expect(expectCode(reviewed, 2).stdout).toContain("rules-broken");
    const before = readFileSync(roster, "utf8");
    expect(expectCode(await cli("grant", "dev.one@example.org", "production", "operator"), 2).stderr).toContain(says);
    expect(readFileSync(roster, "utf8")).toBe(before);
    expect(expectCode(await cli("revoke", "dev.two@example.org", "production"), 0).stderr).toContain("rolecall check");
  },
);

test("check reads the rules: names, rules about nothing, and what the roster breaks of them already", async () => {
  writeFileSync(rules, "holders: [{ tier: administrator, most: 9 }]\n");
  expect(expectCode(await cli("check"), 0).stderr).toContain("the review rules hold");
  writeFileSync(
    rules,
    'approvals:\n  - { account: "@prodction", by: ["@a"] }\n  - { allows: ["iam:CreatUser"], by: ["@a"] }\n',
  );
  const { stdout } = expectCode(await cli("check"), 1);
  expect(stdout).toContain('review.yaml:2:16: unknown account "@prodction"; did you mean "@production"?');
  expect(stdout).toContain('review.yaml:3:16: no action of AWS fits "iam:CreatUser"; did you mean "iam:CreateUser"?');
  writeFileSync(rules, "holders: [{ tier: administrator, most: 0 }]\n");
  const standing = expectCode(await cli("check", "--json"), 0);
  expect(json(standing.stdout)).toMatchObject({ schemaVersion: 1, command: "check", ok: true });
  expect(json(standing.stdout)["findings"]).toMatchObject([
    { code: "too-many-holders", severity: "warning" },
    { code: "too-many-holders", severity: "warning" },
  ]);
});

test("grant and add: what a rule forbids is refused at its place, what needs approval is said", async () => {
  writeFileSync(
    rules,
    'approvals:\n  - { account: "@production", allows: ["iam:CreateRole"], by: ["@example/security"], count: 2 }\ngrants:\n  - { account: "@production", until: required, longest: 3650d }\n',
  );
  const before = readFileSync(roster, "utf8");
  const refused = expectCode(await cli("grant", "dev.one@example.org", "production", "operator"), 1);
  expect(refused.stderr).toContain("must end; add until (review.yaml:4)");
  expect(refused.stderr).toContain("the review rules forbid it; nothing was written");
  const machine = expectCode(await cli("grant", "dev.one@example.org", "production", "operator", "--json"), 1);
  expect(json(machine.stdout)).toMatchObject({ ok: false, findings: [{ code: "end-required" }] });
  expect(readFileSync(roster, "utf8")).toBe(before);
  const until = `${new Date().getUTCFullYear() + 1}-01-15`;
  const dry = ["grant", "dev.one@example.org", "production", "operator", "--until", until, "--dry-run"];
  expect(expectCode(await cli(...dry), 0).stdout).toContain('2 of "@example/security" (1 change)');
  const [approval] = json(expectCode(await cli(...dry, "--json"), 0).stdout)["approvals"] as readonly unknown[];
  expect(approval).toMatchObject({ by: ["@example/security"], count: 2 });
  expect(expectCode(await cli("add", "person", "new.one", "--team", "seniors", "--dry-run"), 0).stdout).toContain(
    '2 of "@example/security"',
  );
});

test("a project that moves leaves no rules behind unseen; another project's rules are its own", async () => {
  const [old, now] = [join(root, "old"), join(root, "now")];
  for (const folder of [old, now]) mkdirSync(folder, { recursive: true });
  copyFileSync(EXAMPLE_ROSTER, join(old, "roster.yaml"));
  writeFileSync(join(old, "review.yaml"), "holders: [{ tier: administrator, most: 1 }]\n");
  commit();
  copyFileSync(EXAMPLE_ROSTER, join(now, "roster.yaml"));
  writeFileSync(join(now, "review.yaml"), "holders: [{ tier: administrator, most: 99 }]\n");
  const other = await rolecall(now, GIT_ENV, "review", "--base", "HEAD");
  expect(expectCode(other, 1).stdout).not.toContain("review rules in");
  rmSync(old, { recursive: true });
  git("add", "--all");
  const moved = await rolecall(now, GIT_ENV, "review", "--base", "HEAD");
  expect(expectCode(moved, 2).stdout).toContain('moves or removes the review rules in "old/review.yaml"');
  rmSync(now, { recursive: true });
  commit();
});

test("an account that leaves its environment with the rules of the base: exit 1 with its approvals, and 2 when the rule is about nothing", async () => {
  writeFileSync(rules, 'approvals: [{ account: "@production", by: ["@example/security"] }]\n');
  const staging = '  staging: { id: "444444444444", environment: production }\n';
  const seniors = readFileSync(roster, "utf8")
    .replace(/(accounts:\n)/, `$1${staging}`)
    .replace("seniors:    {", "seniors:    { staging: administrator,");
  writeFileSync(roster, seniors);
  commit();
  writeFileSync(roster, seniors.replace('"444444444444", environment: production', '"444444444444"'));
  const { stdout } = expectCode(await cli("review", "--base", "HEAD"), 1);
  expect(stdout).toContain('1 of "@example/security"');
  expect(stdout).toContain(
    'the account staging (444444444444) is no longer "@production", and is no longer under review.yaml:1',
  );
  writeFileSync(roster, seniors.replaceAll("environment: production", "environment: live"));
  expect(expectCode(await cli("review", "--base", "HEAD"), 2).stdout).toContain(
    '"@production" is no longer in the roster, so this rule applies to nothing',
  );
});
