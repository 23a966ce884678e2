import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLE_ROSTER, expectCode, HOME, rolecall, run } from "../support/run-command";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-bin-"));
const env = process.env;

beforeEach(() => copyFileSync(EXAMPLE_ROSTER, join(root, "roster.yaml")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("check: the example holds; data on stdout, talk on stderr", async () => {
  const { stdout, stderr } = expectCode(await rolecall(root, env, "check"), 0);
  expect(stdout.split("\n").filter((line) => !/warning|^$/.test(line))).toEqual([]);
  expect(stderr).toContain("the roster holds: 3 people, 2 teams, 2 accounts");
});

test("check: errors exit 1, in text and as JSON", async () => {
  writeFileSync(join(root, "roster.yaml"), "organization: example\nregoin: x\n");
  const text = expectCode(await rolecall(root, env, "check"), 1);
  expect(text.stdout).toContain('roster.yaml:2:1: unknown key "regoin" in the roster; did you mean "region"?');
  const { stdout } = expectCode(await rolecall(root, env, "check", "--json"), 1);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, command: "check", ok: false });
});

test("check: no roster, a folder without one, a special file and a huge file are said, not read", async () => {
  rmSync(join(root, "roster.yaml"));
  expect(expectCode(await rolecall(root, env, "check"), 2).stdout).toContain("roster.yaml:1:1: there is no such file");
  mkdirSync(join(root, "empty"), { recursive: true });
  expect(expectCode(await rolecall(root, env, "check", "--roster", "empty"), 2).stdout).toContain(
    "holds no .yaml file",
  );
  expectCode(await run("mkfifo", [join(root, "pipe.yaml")], { cwd: root, env }), 0);
  expect(expectCode(await rolecall(root, env, "check", "--roster", "pipe.yaml"), 2).stdout).toContain(
    "not a regular file",
  );
  writeFileSync(join(root, "huge.yaml"), "");
  truncateSync(join(root, "huge.yaml"), 100_000_000);
  expect(expectCode(await rolecall(root, env, "check", "--roster", "huge.yaml"), 1).stdout).toContain(
    "the file has 100000000 bytes",
  );
});

test("main.ts writes nothing while the roster has errors", async () => {
  writeFileSync(join(root, "roster.yaml"), "organization: 1\n");
  const ran = await run(process.execPath, [join(HOME, "bin/run.js"), "main.ts"], {
    cwd: root,
    env: { ...env, CDKTF_OUTDIR: join(root, "out") },
  });
  expect(expectCode(ran, 1).stderr).toContain("roster.yaml:1:15:");
  expectCode(await run("test", ["!", "-e", join(root, "out")], { cwd: root, env }), 0);
});

test("matrix prints a row for each person, and the same as JSON", async () => {
  const { stdout } = expectCode(await rolecall(root, env, "matrix"), 0);
  expect(stdout).toMatch(/^person +testing +production\n/);
  expect(stdout).toMatch(/^ {2}senior\.one@example\.org +administrator +administrator$/m);
  const json = JSON.parse(expectCode(await rolecall(root, env, "matrix", "--json"), 0).stdout) as {
    rows: { person: string }[];
  };
  expect(json.rows.map(({ person }) => person)).toEqual([
    "dev.one@example.org",
    "dev.two@example.org",
    "senior.one@example.org",
  ]);
});

test("wrong usage exits 2 with a hint and no stack trace", async () => {
  for (const args of [
    ["chekc"],
    ["plan", "--parallelism", "0"],
    ["check", "--nope"],
    ["sandbox"],
    ["grant", "dev.one@example.org", "production", "operator", "--until", "2027-01-15", "--no-until"],
    ["prove", "--as", "x y"],
    ["prove", "--explain", "dev.one@example.org", "testing", "s3:GetObject", "*", "more"],
  ]) {
    const { stderr } = expectCode(await rolecall(root, env, ...args), 2);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr.length).toBeGreaterThan(10);
  }
});

test("--help names every command and the exit codes", async () => {
  const { stdout } = expectCode(await rolecall(root, env, "--help"), 0);
  for (const word of ["check", "matrix", "plan", "apply", "destroy", "sandbox", "schema", "Exit codes"])
    expect(stdout).toContain(word);
});

test("check: a quota that only the compiled policies show is a finding, too", async () => {
  const names = Array.from({ length: 60 }, (_, i) => `account-${String(i).padStart(2, "0")}`);
  const roster = [
    'organization: example\nregion: eu-central-1\nuserAccount: { id: "111111111111" }\naccounts:',
    ...names.map((name, i) => `  ${name}: { id: "2222222222${String(i).padStart(2, "0")}", environment: all }`),
    'teams:\n  seniors: { "@all": administrator }\npeople:\n  senior: { teams: [seniors] }\n  ann:\n    grants:',
    ...names.map((name) => `      - { account: ${name}, tier: spectator }`),
  ];
  writeFileSync(join(root, "roster.yaml"), `${roster.join("\n")}\n`);
  expect(expectCode(await rolecall(root, env, "check"), 1).stdout).toMatch(/own grants of "ann" take \d+ characters/);
});

test("check: a roster file beside a folder, and files of a folder that would be ignored, are refused", async () => {
  mkdirSync(join(root, "roster/more"), { recursive: true });
  expect(expectCode(await rolecall(root, env, "check"), 1).stdout).toContain("there is also a folder roster/");
  rmSync(join(root, "roster.yaml"));
  copyFileSync(EXAMPLE_ROSTER, join(root, "roster/main.yaml"));
  writeFileSync(join(root, "roster/PEOPLE.YAML"), "people: {}\n");
  const { stdout } = expectCode(await rolecall(root, env, "check"), 1);
  expect(stdout).toContain('"PEOPLE.YAML" would be ignored');
  expect(stdout).toContain('"more" would be ignored');
  rmSync(join(root, "roster"), { recursive: true });
});

test.each([
  ["can", ["nobody", "testing"], 'unknown person "nobody"'],
  ["can", ["dev.one@example.org", "testing", "nosuch:Action"], 'unknown action "nosuch:Action"'],
  ["profiles", ["nobody"], 'unknown person "nobody"'],
  ["prove", ["--synth", "nowhere"], "no stacks in"],
  ["keys list", [], "no profile"],
  ["invite", ["nobody"], "is not in the roster"],
])("--json answers when nothing can be told, too: %s %p", async (command, args, reason) => {
  const away = { PATH: process.env["PATH"], HOME: root, AWS_EC2_METADATA_DISABLED: "true" };
  const { stdout } = expectCode(await rolecall(root, away, ...command.split(" "), ...args, "--json"), 2);
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: expect.any(Number),
    command,
    ok: false,
    reasons: [expect.stringContaining(reason)],
  });
});

test.each([
  [["check", "--nope"], "check", "unknown option '--nope'"],
  [["grant"], "grant", "missing required argument 'person'"],
  [["keys", "rotat"], "", "unknown command 'rotat'"],
  [["nope"], "", "unknown command 'nope'"],
])("--json answers wrong usage as well: %p", async (args, command, reason) => {
  const { stdout } = expectCode(await rolecall(root, env, ...args, "--json"), 2);
  const reasons = [expect.stringContaining(reason)];
  expect(JSON.parse(stdout)).toEqual({ schemaVersion: expect.any(Number), command, ok: false, reasons });
});

test("plan --json: what is wrong in the roster is a finding with its place, and nothing is planned", async () => {
  appendFileSync(join(root, "roster.yaml"), "teems: {}\n");
  const { stdout } = expectCode(await rolecall(root, env, "plan", "--json"), 2);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, findings: [{ code: "unknown-key", place: { column: 1 } }] });
});

test("whoever reads may stop reading: no stack trace, and the command's own exit code", async () => {
  const people = Array.from({ length: 3_000 }, (_, i) => `  person.${i}: { teams: [developers] }\n`).join("");
  appendFileSync(join(root, "roster.yaml"), people);
  const program = `"${process.execPath}" "${join(HOME, "bin/rolecall.js")}" matrix --json; echo "exit $?" >&2`;
  const { stdout, stderr } = await run("sh", ["-c", `(${program}) | head -c 10`], { cwd: root, env });
  expect(stdout).toHaveLength(10);
  expect(stderr).toBe("exit 0\n");
});

const onLinux = process.platform === "linux" ? test : test.skip;
onLinux("an answer that cannot be written is a failure with a sentence", async () => {
  const { code, stderr } = await run(
    "sh",
    ["-c", `"$0" "$1" matrix > /dev/full`, process.execPath, join(HOME, "bin/rolecall.js")],
    {
      cwd: root,
      env,
    },
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining("standard output cannot be written (ENOSPC)")]);
  expect(stderr).not.toContain("    at ");
});
