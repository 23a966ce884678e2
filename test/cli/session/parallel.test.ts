import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FakeSts, startFakeSts } from "../../support/fake-sts";
import { exists, until } from "../../support/processes";
import { HOME } from "../../support/run-command";
import { type SomePerson, somePerson } from "./person";

let sts: FakeSts;
let person: SomePerson;

beforeEach(async () => {
  sts = await startFakeSts();
  person = somePerson(sts.url);
});

afterEach(async () => {
  person.leave();
  await sts.stop();
});

/** A command for codes that notes each time it is asked, and takes its time, as people do. */
function codeCommand(code: string, seconds: number): NodeJS.ProcessEnv {
  const script = join(person.home, "code.sh");
  writeFileSync(script, `#!/bin/sh\necho asked >> ${join(person.home, "asked")}\nsleep ${seconds}\necho ${code}\n`, {
    mode: 0o700,
  });
  return { ROLECALL_MFA_PROCESS: `sh ${script}` };
}

function timesAsked(): number {
  return readFileSync(join(person.home, "asked"), "utf8").trim().split("\n").length;
}

const SECRET = /SECRET/;

test("50 processes at once: one question, one session, one role; no secret in arguments, talk or open files", async () => {
  const env = codeCommand("111111", 1);
  const seen = watchArguments();
  const runs = await Promise.all(
    Array.from({ length: 50 }, () => person.rolecall(["credentials", "testing-operator"], "", env)),
  );
  expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0));
  expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
  expect([timesAsked(), sts.count("GetSessionToken"), sts.count("AssumeRole")]).toEqual([1, 1, 1]);
  expect(runs.map(({ stderr }) => stderr).join("")).not.toMatch(SECRET);
  const { looked, leaked } = seen();
  expect(looked).toBeGreaterThan(process.platform === "linux" ? 100 : -1);
  expect(leaked).toEqual([]);
  expect(othersCanRead(join(person.home, ".cache"))).toEqual([]);
  expect(sts.calls.filter(({ url }) => SECRET.test(url))).toEqual([]);
}, 60_000);

/** Looks at the arguments of every process of this machine until it is called. */
function watchArguments(): () => { readonly looked: number; readonly leaked: readonly string[] } {
  const leaked = new Set<string>();
  let looked = 0;
  const look = () => {
    for (const pid of process.platform === "linux" ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : []) {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        looked++;
        if (/SECRET(key|token|long)|111111$/.test(line)) leaked.add(line);
      } catch {
        // Ended meanwhile.
      }
    }
  };
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    return { looked, leaked: [...leaked] };
  };
}

/** Files and folders from `path` on that group or others may open, or that are in nobody's use: drafts and locks. */
function othersCanRead(path: string): readonly string[] {
  const stat = statSync(path);
  const inner = stat.isDirectory() ? readdirSync(path).flatMap((name) => othersCanRead(join(path, name))) : [];
  const isCache = path.endsWith(".cache");
  const wrong = !isCache && ((stat.mode & 0o077) !== 0 || /\.(lock|stale)|\/\.[0-9a-f]+$/.test(path));
  return wrong ? [path, ...inner] : inner;
}

test("one wrong code is the answer to all who waited for it", async () => {
  const env = codeCommand("999999", 2);
  const runs = await Promise.all(
    Array.from({ length: 6 }, () => person.rolecall(["credentials", "testing-operator"], "", env)),
  );
  expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 2));
  expect(timesAsked()).toBe(1);
});

test("different roles share the one session", async () => {
  const env = codeCommand("111111", 1);
  const profiles = ["testing-operator", "testing-administrator", "production"];
  const runs = await Promise.all(profiles.map((profile) => person.rolecall(["credentials", profile], "", env)));
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect([timesAsked(), sts.count("GetSessionToken"), sts.count("AssumeRole")]).toEqual([1, 1, 3]);
});

test.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)("a holder that gets %s blocks nobody", async (signal) => {
  const holder = spawn(process.execPath, [join(HOME, "bin/rolecall.js"), "credentials", "testing-operator"], {
    cwd: person.home,
    env: { ...person.env, ...codeCommand("111111", 60) },
    stdio: "ignore",
    detached: true,
  });
  await until(() => readdirSync(person.home).includes("asked"), "the question");
  holder.kill(signal);
  const pid = holder.pid ?? 0;
  await until(() => !exists(pid), "the holder's end");
  const began = Date.now();
  const ran = await person.rolecall(["credentials", "testing-operator"], "", { ROLECALL_MFA_PROCESS: "echo 111111" });
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect(Date.now() - began).toBeLessThan(8_000);
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Its command ended by itself.
  }
});
