import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeStateFolder, rotationJournal } from "../../modules/cli/devices/rotation-journal";
import { findPython } from "../../modules/sandbox/discover";
import { findRunningSandbox } from "../../modules/sandbox/running-sandbox";
import { makeSandboxFolder } from "../../modules/sandbox/sandbox";

const JOURNAL = { file: "/home/ann/.aws/credentials", profile: "default", old: "AKIAOLD", next: "AKIANEW" };

let root: string;
let victim: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rolecall-state-"));
  victim = join(root, "victim");
  writeFileSync(victim, "theirs");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the journal of a rotation: planted ones are refused, and nothing is written through a link", () => {
  const folder = join(root, "state");
  const path = join(folder, "rotation-111111111111-ann.json");
  const journal = rotationJournal(folder, "111111111111", "ann");
  expect(journal.read()).toBeUndefined();
  journal.write(JOURNAL);
  expect(journal.read()).toEqual(JOURNAL);
  for (const name of [`${path}.new`, `${path}.draft`]) symlinkSync(victim, name);
  journal.write({ ...JOURNAL, next: "AKIANEXT" });
  expect(readFileSync(victim, "utf8")).toBe("theirs");
  chmodSync(path, 0o666);
  expect(() => journal.read()).toThrow(/can be written by others; remove it/);
  rmSync(path);
  symlinkSync(victim, path);
  expect(() => journal.read()).toThrow(/is a link; remove it/);
  journal.write(JOURNAL);
  expect([journal.read(), readFileSync(victim, "utf8")]).toEqual([JOURNAL, "theirs"]);
  journal.clear();
  expect(journal.read()).toBeUndefined();
});

test("the folder for rotations: a link, and a place where others can write", () => {
  mkdirSync(join(root, "elsewhere"));
  symlinkSync(join(root, "elsewhere"), join(root, "link"));
  expect(() => makeStateFolder(join(root, "link"))).toThrow(
    /link or file, not a folder; remove it, or set XDG_STATE_HOME/,
  );
  chmodSync(join(root, "elsewhere"), 0o777);
  expect(() => makeStateFolder(join(root, "elsewhere/rolecall"))).toThrow(/others can write in .*run chmod go-w/);
});

test("the sandbox: neither its folder, its record nor its Python is taken from where others can write", () => {
  mkdirSync(join(root, "elsewhere"));
  mkdirSync(join(root, ".rolecall"));
  symlinkSync(join(root, "elsewhere"), join(root, ".rolecall/sandbox"));
  expect(() => makeSandboxFolder(root)).toThrow(/is a link or file, not a folder/);
  rmSync(join(root, ".rolecall/sandbox"));
  makeSandboxFolder(root);
  const record = join(root, ".rolecall/sandbox/sandbox.json");
  writeFileSync(record, JSON.stringify({ url: "http://127.0.0.1:1", pid: process.pid, variables: {} }));
  chmodSync(record, 0o666);
  expect(findRunningSandbox(root)).toBeUndefined();
  mkdirSync(join(root, ".rolecall/venv/bin"), { recursive: true });
  writeFileSync(join(root, ".rolecall/venv/bin/python"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  const env = { PATH: "/nowhere" };
  expect(findPython(root, env)).toMatchObject({ ok: true });
  for (const folder of [".rolecall", ".rolecall/venv"]) {
    chmodSync(join(root, folder), 0o777);
    expect(findPython(root, env)).toMatchObject({ ok: false });
    chmodSync(join(root, folder), 0o755);
  }
});
