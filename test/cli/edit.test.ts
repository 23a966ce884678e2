import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLE_ROSTER, expectCode, rolecall } from "../support/run-command";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-edit-"));
const file = join(root, "roster.yaml");
const example = readFileSync(EXAMPLE_ROSTER, "utf8");
const cli = (...args: string[]) => rolecall(root, process.env, ...args);

beforeEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true, force: true });
  copyFileSync(EXAMPLE_ROSTER, file);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a grant is written, said in sentences, and taken away again without a trace", async () => {
  chmodSync(file, 0o640);
  const granted = expectCode(await cli("grant", "senior.one@example.org", "--team", "developers"), 0);
  expect(granted.stdout).toContain("+   senior.one@example.org: { teams: [seniors, developers] }");
  expect(granted.stdout).toContain(
    "it allows no more actions than the administrator held before, but MFA may be 12 h old instead of 1 h",
  );
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expectCode(await cli("revoke", "senior.one@example.org", "--team", "developers"), 0);
  expect(readFileSync(file, "utf8")).toBe(example);
  const wide = expectCode(await cli("grant", "dev.one@example.org", "production", "operator", "--json"), 0);
  expect(JSON.parse(wide.stdout)).toMatchObject({ schemaVersion: 2, command: "grant", ok: true, written: true });
  expect(wide.stdout).toContain("gains operator in production");
});

test("what would not hold is not written, and says why", async () => {
  const wrong = expectCode(await cli("grant", "dev.one@example.org", "producton", "operator"), 1);
  expect(wrong.stderr).toContain('unknown account "producton"; did you mean "production"?');
  expect(expectCode(await cli("revoke", "senior.one@example.org", "--team", "seniors"), 1).stderr).toContain(
    "production has no permanent administrator",
  );
  expect(expectCode(await cli("grant", "nobody", "testing", "operator"), 2).stderr).toContain("no person");
  expectCode(await cli("add", "account", "staging", "44"), 1);
  expectCode(await cli("add", "team", "x", "--grant", "testing"), 2);
  expectCode(await cli("grant", "dev.one@example.org"), 2);
  const past = expectCode(await cli("grant", "dev.one@example.org", "testing", "operator", "--until", "2020-01-01"), 2);
  expect(past.stderr).toContain('"2020-01-01" is over already');
  for (const twice of [
    ["team", "x", "--grant", "testing=operator", "--grant", "testing=spectator"],
    ["person", "x.y", "--team", "developers", "developers"],
  ])
    expect(expectCode(await cli("add", ...twice), 2).stderr).toContain("is given twice");
  expectCode(await cli("revoke", "dev.one@example.org", "testing", "--team", "developers"), 2);
  expect(expectCode(await cli("add", "person", "new", "--team", "developers", "--dry-run"), 0).stdout).toContain(
    "+   new: ",
  );
  expect(readFileSync(file, "utf8")).toBe(example);
  expect(readdirSync(root).filter((name) => name.includes("rolecall-"))).toEqual([]);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;
asRoot("the file keeps its owner, its group and its mode", async () => {
  chownSync(file, 4242, 4343);
  chmodSync(file, 0o604);
  expectCode(await cli("add", "person", "new", "--team", "developers"), 0);
  const { uid, gid, mode } = statSync(file);
  expect([uid, gid, mode & 0o777]).toEqual([4242, 4343, 0o604]);
});

test("a roster that does not hold is not edited; one behind a link is edited where it lies", async () => {
  writeFileSync(file, "people: [");
  expectCode(await cli("add", "person", "new"), 2);
  expect(readFileSync(file, "utf8")).toBe("people: [");
  rmSync(file);
  expectCode(await cli("add", "person", "new"), 2);
  writeFileSync(join(root, "real.txt"), example);
  symlinkSync("real.txt", file);
  expectCode(await cli("add", "person", "new", "--team", "developers"), 0);
  expect(readFileSync(join(root, "real.txt"), "utf8")).toContain("new:");
});
