import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeLock, waitForLock, withLock } from "../../modules/machine/lock";

const GONE = 2 ** 22 - 3;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-lock-"));
  path = join(folder, "run.lock");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const silent = () => {
  const old = new Date(Date.now() - 11_000);
  utimesSync(path, old, old);
};

/** What this process writes into a lock, with other values. */
function held(other: object): string {
  const own = takeLock(path);
  const text = readFileSync(path, "utf8");
  if (own.kind === "taken") own.release();
  return JSON.stringify({ ...(JSON.parse(text) as object), token: "another", ...other });
}

test("a second one is busy, with the process that has the lock, until it is given back", () => {
  const first = takeLock(path);
  expect(takeLock(path)).toEqual({ kind: "busy", pid: process.pid });
  if (first.kind === "taken") first.release();
  expect(takeLock(path).kind).toBe("taken");
});

test.each<[string, () => string, boolean, "taken" | "busy"]>([
  ["of a process that is gone", () => held({ pid: GONE }), false, "taken"],
  ["of an older version, whose process is gone", () => String(GONE), false, "taken"],
  ["of an older version, whose process lives", () => String(process.pid), true, "busy"],
  ["of a living process that is silent: it may be stopped in the middle of a change", () => held({}), true, "busy"],
  ["of a process elsewhere", () => held({ place: "elsewhere", pid: GONE }), false, "busy"],
  ["of a process elsewhere that is silent", () => held({ place: "elsewhere" }), true, "taken"],
  ["with anything else in it", () => "{", false, "busy"],
  ["with anything else in it, once it is old", () => "{", true, "taken"],
])("a lock %s", (_, text, isSilent, kind) => {
  writeFileSync(path, text(), { mode: 0o600 });
  if (isSilent) silent();
  expect(takeLock(path).kind).toBe(kind);
});

test("a folder in the lock's place is moved aside, with what is in it", () => {
  mkdirSync(path);
  writeFileSync(join(path, "kept"), "");
  expect(takeLock(path).kind).toBe("taken");
  const [aside = ""] = readdirSync(folder).filter((name) => name.endsWith(".stale"));
  expect(readdirSync(join(folder, aside))).toEqual(["kept"]);
});

test("waiting ends when the lock is given back, or with the patience", async () => {
  const first = takeLock(path);
  expect((await waitForLock(path, 50)).kind).toBe("busy");
  setTimeout(() => first.kind === "taken" && first.release(), 60);
  expect((await waitForLock(path, 5_000)).kind).toBe("taken");
});

test("both ways to take a lock know each other", async () => {
  await withLock(
    path,
    async () => expect(takeLock(path).kind).toBe("busy"),
    () => undefined,
  );
  expect(takeLock(path).kind).toBe("taken");
});
