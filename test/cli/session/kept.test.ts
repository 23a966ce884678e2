import fc from "fast-check";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { withLock } from "../../../modules/machine/lock";
import { cacheFolder, openStore, sweep } from "../../../modules/cli/session/session-store";
import { type FakeSts, startFakeSts } from "../../support/fake-sts";
import { changeKept, keysOf, type SomePerson, somePerson } from "./person";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-kept-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const store = () => openStore(join(folder, "rolecall"), () => {});

describe("the folder", () => {
  test("lies in XDG_CACHE_HOME, which counts only as an absolute path, else in ~/.cache", () => {
    expect(cacheFolder({ HOME: "/home/ann", XDG_CACHE_HOME: "/var/ann" })).toBe("/var/ann/rolecall");
    expect(cacheFolder({ HOME: "/home/ann", XDG_CACHE_HOME: "ann" })).toBe("/home/ann/.cache/rolecall");
    expect(cacheFolder({ HOME: "/home/ann" })).toBe("/home/ann/.cache/rolecall");
  });

  test("is made private, with every file in it", () => {
    store().write("a", 1);
    expect(statSync(join(folder, "rolecall")).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "rolecall/a.json")).mode & 0o777).toBe(0o600);
    chmodSync(join(folder, "rolecall"), 0o755);
    expect(store().read("a")).toBe(1);
    expect(statSync(join(folder, "rolecall")).mode & 0o777).toBe(0o700);
  });

  test("a link in its place is refused", () => {
    mkdirSync(join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "rolecall"));
    expect(store).toThrow(/is a link or file, not a folder; remove it, or set XDG_CACHE_HOME/);
  });

  test("a place where others can write is refused", () => {
    chmodSync(folder, 0o777);
    expect(store).toThrow(/others can write in .*run chmod go-w on it/);
    chmodSync(folder, 0o1777);
    expect(store).not.toThrow();
  });

  test("where nothing can be made, the cure is said", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => openStore(join(folder, "file/rolecall"), () => {})).toThrow(
      /cannot be used \(ENOTDIR\); set XDG_CACHE_HOME/,
    );
    if (process.platform === "linux")
      expect(() => openStore("/proc/rolecall", () => {})).toThrow(/cannot be used \(ENOENT\); set XDG_CACHE_HOME/);
  });

  test("what nobody needs any more goes", () => {
    store().write("old", 1);
    store().write("young", 1);
    const past = new Date(Date.now() - 4 * 24 * 3600_000);
    utimesSync(join(folder, "rolecall/old.json"), past, past);
    sweep(join(folder, "rolecall"), Date.now());
    expect(readdirSync(join(folder, "rolecall"))).toEqual(["young.json"]);
  });
});

describe("files that are not ours, or not whole, are not there", () => {
  const put = (text: string) => writeFileSync(join(folder, "rolecall/a.json"), text, { mode: 0o600 });

  test.each([
    ["empty", ""],
    ["half an object", '{"a":'],
    ["a zero", "\u0000"],
    ["deep", "[".repeat(100_000)],
  ])("%s", (_name, text) => {
    const kept = store();
    put(text);
    expect(kept.read("a")).toBeUndefined();
    kept.write("a", { b: 1 });
    expect(kept.read("a")).toEqual({ b: 1 });
  });

  test("a link, a pipe, a folder, an open file, a huge file", () => {
    const kept = store();
    const path = join(folder, "rolecall/a.json");
    writeFileSync(join(folder, "target"), "1", { mode: 0o600 });
    symlinkSync(join(folder, "target"), path);
    expect(kept.read("a")).toBeUndefined();
    kept.write("a", 2);
    expect([kept.read("a"), lstatSync(path).isSymbolicLink(), readFileSync(join(folder, "target"), "utf8")]).toEqual([
      2,
      false,
      "1",
    ]);
    rmSync(path);
    execFileSync("mkfifo", ["-m", "600", path]);
    expect(kept.read("a")).toBeUndefined();
    rmSync(path);
    mkdirSync(path, { mode: 0o700 });
    expect(kept.read("a")).toBeUndefined();
    rmSync(path, { recursive: true });
    put("1");
    chmodSync(path, 0o644);
    expect(kept.read("a")).toBeUndefined();
    chmodSync(path, 0o600);
    expect(kept.read("a")).toBe(1);
    put(`"${"x".repeat(2_000_000)}"`);
    expect(kept.read("a")).toBeUndefined();
  });
});

describe("kept keys", () => {
  let sts: FakeSts;
  let person: SomePerson;
  const HOUR = 3600_000;
  const kept = (begins: string) =>
    readdirSync(join(person.home, ".cache/rolecall")).filter((name) => name.startsWith(begins));

  beforeEach(async () => {
    sts = await startFakeSts();
    person = somePerson(sts.url);
    await keysOf(person, "testing-operator");
    sts.codes.add("222222");
  });

  afterEach(async () => {
    person.leave();
    await sts.stop();
  });

  const ask = () => keysOf(person, "testing-operator", { ROLECALL_MFA_PROCESS: "echo 222222" });
  const counts = () => [sts.count("GetSessionToken"), sts.count("AssumeRole")];

  test("whatever the files hold, it ends with keys", async () => {
    const hostile = fc.oneof(fc.json(), fc.string(), fc.constantFrom("null", "{}", '{"keys":{}}', '{"__proto__":1}'));
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        sts.codes.add("222222");
        for (const name of kept("")) writeFileSync(join(person.home, ".cache/rolecall", name), text, { mode: 0o600 });
        const ran = await ask();
        expect([ran.code, Object.keys(JSON.parse(ran.stdout))]).toHaveLength(2);
        expect(ran.code).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ["that would end in years", { endsAt: Date.now() + 10_000 * HOUR }, [1, 2]],
    [
      "from the future: the clock was set back",
      { startedAt: Date.now() + HOUR, endsAt: Date.now() + 2 * HOUR },
      [1, 2],
    ],
    ["that have ended", { endsAt: Date.now() - 1 }, [1, 2]],
    ["that end within a quarter of an hour are renewed", { endsAt: Date.now() + 14 * 60_000 }, [1, 2]],
    ["that last longer are not", { endsAt: Date.now() + 16 * 60_000 }, [1, 1]],
  ])("of a role, %s", async (_name, change, calls) => {
    changeKept(person, "role-", (value) => ({ ...value, ...change }));
    expect((await ask()).code).toBe(0);
    expect(counts()).toEqual(calls);
  });

  test("of a session that ended: a new code", async () => {
    changeKept(person, "role-", () => null);
    changeKept(person, "session-", (value) => ({ ...value, endsAt: Date.now() - 1 }));
    expect((await ask()).code).toBe(0);
    expect(counts()).toEqual([2, 2]);
  });

  test("what is left is handed out while that would take a code; its last five minutes are not", async () => {
    changeKept(person, "session-", () => null);
    changeKept(person, "role-", (value) => ({ ...value, endsAt: Date.now() + 6 * 60_000 }));
    expect((await ask()).code).toBe(0);
    expect(counts()).toEqual([1, 1]);
    changeKept(person, "role-", (value) => ({ ...value, endsAt: Date.now() + 4 * 60_000 }));
    expect((await ask()).code).toBe(0);
    expect(counts()).toEqual([2, 2]);
  });

  test("another key, secret or endpoint never finds them", async () => {
    const before = kept("session-").length;
    const keys = { AWS_ACCESS_KEY_ID: "AKIALONGTERM00000001", AWS_SECRET_ACCESS_KEY: "SECRETlongterm" };
    const same = await keysOf(person, "testing-operator", keys);
    expect([same.code, counts()]).toEqual([0, [1, 1]]);
    for (const other of [
      { AWS_SECRET_ACCESS_KEY: "SECRETother" },
      { AWS_ENDPOINT_URL: `${sts.url}/` },
      { AWS_ACCESS_KEY_ID: "AKIAOTHER" },
    ]) {
      const code = String(100_000 + kept("session-").length);
      sts.codes.add(code);
      const ran = await keysOf(person, "testing-operator", { ...keys, ...other, ROLECALL_MFA_PROCESS: `echo ${code}` });
      expect([ran.code, ran.stderr]).toEqual([0, ""]);
    }
    expect(kept("session-").length).toBe(before + 3);
  });

  test("names of files give nothing away", () => {
    expect(kept("").join(" ")).not.toMatch(/AKIA|SECRET|dev\.one/);
  });
});

describe("the lock", () => {
  const lockAt = () => join(folder, "x.lock");
  const work = async () => "done";
  const never = () => {};

  test("one at a time, and nothing stays behind", async () => {
    let inside = 0;
    const one = () =>
      withLock(
        lockAt(),
        async () => {
          expect(++inside).toBe(1);
          await new Promise((wake) => setTimeout(wake, 5));
          inside--;
        },
        never,
      );
    await Promise.all(Array.from({ length: 10 }, one));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("work that fails gives it back", async () => {
    await expect(withLock(lockAt(), () => Promise.reject(new Error("no")), never)).rejects.toThrow("no");
    expect(existsSync(lockAt())).toBe(false);
  });

  test.each([
    ["half-written", '{"tok'],
    ["with anything else in it", '{"token":1,"pid":"x"}'],
  ])("one %s, once it is old", async (_name, text) => {
    writeFileSync(lockAt(), text);
    const old = new Date(Date.now() - 11_000);
    utimesSync(lockAt(), old, old);
    expect(await withLock(lockAt(), work, never)).toBe("done");
  });

  test("one of a process that is gone, at once", async () => {
    writeFileSync(lockAt(), JSON.stringify({ ...(await held()), pid: 2 ** 22 - 3 }));
    expect(await withLock(lockAt(), work, never)).toBe("done");
  });

  test.each([-11_000, 3600_000])(
    "one of a living process that was not touched lately (%d ms): its id is another's now",
    async (ms) => {
      writeFileSync(lockAt(), JSON.stringify(await held()));
      const when = new Date(Date.now() + ms);
      utimesSync(lockAt(), when, when);
      expect(await withLock(lockAt(), work, never)).toBe("done");
    },
  );

  test("one of a living process is waited for, and the person is told", async () => {
    writeFileSync(lockAt(), JSON.stringify(await held()));
    let told = 0;
    const waiting = withLock(lockAt(), work, () => told++);
    setTimeout(() => renameSync(lockAt(), join(folder, "gone")), 2_300);
    expect([await waiting, told]).toEqual(["done", 1]);
  });

  /** What this very process would write. */
  async function held(): Promise<object> {
    const path = join(folder, "own.lock");
    const text = await withLock(path, async () => readFileSync(path, "utf8"), never);
    return { ...(JSON.parse(text) as object), token: "another" };
  }
});
