import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOwn } from "../../modules/machine/atomic-file";
import { takeLock } from "../../modules/machine/lock";
import { othersCanWrite, strangersIn } from "../../modules/machine/other-writers";
import { openLog, openNew, readPrivate, writePrivate } from "../../modules/machine/private-file";
import { makePrivateFolder } from "../../modules/machine/private-folder";

const isRoot = process.geteuid?.() === 0;
/** A user that is neither this one nor root. */
const STRANGER = 54321;
const words = { what: "the folder for tests", cure: "name another" };

let folder: string;
let victim: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-private-"));
  victim = join(folder, "victim");
  writeFileSync(victim, "theirs", { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

/** What somebody else may have put in the place of a file. Without root's rights nobody can give a file away: a mode stands for it. */
const PLANTED: readonly (readonly [string, (path: string) => void])[] = [
  ["a link to a file of ours", (path) => symlinkSync(victim, path)],
  ["a link to nothing", (path) => symlinkSync(at("nothing"), path)],
  [
    "a file that everybody can write",
    (path) => {
      writeFileSync(path, "planted");
      chmodSync(path, 0o666);
    },
  ],
  [
    "somebody else's file",
    (path) => {
      writeFileSync(path, "planted");
      isRoot ? chownSync(path, STRANGER, STRANGER) : chmodSync(path, 0o602);
    },
  ],
  ["a pipe", (path) => execFileSync("mkfifo", [path])],
];

test.each([...PLANTED, ["a folder", (path: string) => mkdirSync(path)] as const])(
  "%s is not read as ours",
  (_name, plant) => {
    plant(at("file"));
    expect(readPrivate(at("file"), 1_000)).toEqual({ known: false, reason: expect.stringContaining('file"') });
  },
);

test("our own file is read, none is none, and a large or an open secret one is neither", () => {
  expect(readPrivate(at("file"), 1_000)).toEqual({ known: true, value: undefined });
  writePrivate(at("file"), "ours");
  expect(readPrivate(at("file"), 4)).toMatchObject({ known: true, value: Buffer.from("ours") });
  expect(readPrivate(at("file"), 3).known).toBe(false);
  chmodSync(at("file"), 0o644);
  expect([readPrivate(at("file"), 9).known, readPrivate(at("file"), 9, { secret: true }).known]).toEqual([true, false]);
});

test.each(PLANTED)("%s is replaced by what is written, and what a link leads to stays", (_name, plant) => {
  for (const write of [
    (path: string) => writePrivate(path, "ours"),
    (path: string) => {
      const file = openNew(path);
      writeSync(file, "ours");
      closeSync(file);
    },
    (path: string) => {
      const file = openLog(path);
      writeSync(file, "ours");
      closeSync(file);
    },
  ]) {
    rmSync(at("file"), { force: true });
    plant(at("file"));
    write(at("file"));
    const stat = lstatSync(at("file"));
    expect([stat.isFile(), stat.mode & 0o777, stat.uid]).toEqual([true, 0o600, process.geteuid?.()]);
    expect(readFileSync(at("file"), "utf8")).toBe("ours");
    expect([readFileSync(victim, "utf8"), existsSync(at("nothing"))]).toEqual(["theirs", false]);
  }
});

test("a log goes on; one with a second name begins anew, and the other name keeps what it had", () => {
  for (const text of ["a", "b"]) {
    const file = openLog(at("log"));
    writeSync(file, text);
    closeSync(file);
  }
  expect(readFileSync(at("log"), "utf8")).toBe("ab");
  linkSync(victim, at("linked"));
  const file = openLog(at("linked"));
  writeSync(file, "ours");
  closeSync(file);
  expect([readFileSync(at("linked"), "utf8"), readFileSync(victim, "utf8")]).toEqual(["ours", "theirs"]);
});

test("under umask 000 nothing of ours is for others", () => {
  const before = process.umask(0);
  try {
    makePrivateFolder(at("a/b"), words);
    writePrivate(at("a/b/file"), "x");
    closeSync(openNew(at("a/b/new")));
    closeSync(openLog(at("a/b/log")));
    const lock = takeLock(at("a/b/c/lock"));
    if (lock.kind === "taken") lock.release();
    expect(writeOwn(at("a/b/report"), "x", "anything")).toBeUndefined();
    const modes = ["a", "a/b", "a/b/c", "a/b/file", "a/b/new", "a/b/log", "a/b/report"].map(
      (name) => statSync(at(name)).mode & 0o077,
    );
    expect(modes).toEqual([0, 0, 0, 0, 0, 0, 0]);
  } finally {
    process.umask(before);
  }
});

test("a lock: the names it works with cannot be guessed, and a link in its place is no lock of anybody's", () => {
  symlinkSync(victim, at(`lock.${process.pid}`));
  symlinkSync(victim, at("lock"));
  const lock = takeLock(at("lock"));
  expect(lock.kind).toBe("taken");
  expect([lstatSync(at("lock")).isFile(), readFileSync(victim, "utf8")]).toEqual([true, "theirs"]);
  if (lock.kind === "taken") lock.release();
  expect(readdirSync(folder).sort()).toEqual([`lock.${process.pid}`, "victim"]);
});

test("folders: a link, a file, others' and what others can write are refused, each with the cure", () => {
  mkdirSync(at("real"));
  symlinkSync(at("real"), at("link"));
  expect(() => makePrivateFolder(at("link"), words)).toThrow(
    /is a link or file, not a folder; remove it, or name another/,
  );
  expect(strangersIn(at("link"))).toMatch(/is a link/);
  expect(() => makePrivateFolder(victim, words)).toThrow(/not a folder/);
  chmodSync(at("real"), 0o777);
  expect(strangersIn(at("real"))).toMatch(/others can write in .*chmod -R go-w/);
  expect(() => makePrivateFolder(at("real/inner"), words)).toThrow(/others can write in .*real/);
  chmodSync(at("real"), 0o755);
  expect([strangersIn(at("real")), strangersIn(at("none"))]).toEqual([undefined, undefined]);
  if (isRoot) {
    chownSync(at("real"), STRANGER, STRANGER);
    expect(strangersIn(at("real"))).toMatch(/belongs to another user \(id 54321\)/);
    expect(() => makePrivateFolder(at("real"), words)).toThrow(/belongs to another user/);
  }
});

test("a group may write when nobody else is in it: Debian gives everybody one", () => {
  const gid = process.getegid?.() ?? 0;
  const onLinux = process.platform === "linux";
  expect(othersCanWrite({ mode: 0o100664, gid: 4_000_000 })).toBe(!onLinux);
  if (isRoot) expect(othersCanWrite({ mode: 0o100664, gid })).toBe(!onLinux);
  // Debian and others: the group daemon is the user daemon's.
  expect(othersCanWrite({ mode: 0o100664, gid: 1 })).toBe(true);
  expect(othersCanWrite({ mode: 0o100644, gid: 1 })).toBe(false);
  expect(othersCanWrite({ mode: 0o100646, gid })).toBe(true);
});
