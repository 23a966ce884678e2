import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EnvOptions, printLines } from "../../../modules/cli/session/env";
import { printKeys } from "../../../modules/cli/session/credentials";
import type { Context } from "../../../modules/machine/context";
import { type FakeSts, startFakeSts } from "../../support/fake-sts";
import { until } from "../../support/processes";
import { HOME } from "../../support/run-command";
import { inProcess, keysOf, onTerminal, type SomePerson, somePerson } from "./person";

let sts: FakeSts;
let person: SomePerson;
const CODE = { ROLECALL_MFA_PROCESS: "echo 111111" };
const ROLECALL = join(HOME, "bin/rolecall.js");

beforeAll(async () => {
  sts = await startFakeSts();
  person = somePerson(sts.url);
  expect((await keysOf(person, "testing-operator")).code).toBe(0);
});

afterAll(async () => {
  person.leave();
  await sts.stop();
});

const node = (script: string) => ["--", process.execPath, "-e", script];

describe("exec", () => {
  test("the command gets the role's keys, and nothing that would lead elsewhere; its code is ours", async () => {
    const script = `const { AWS_ACCESS_KEY_ID: id, AWS_SESSION_TOKEN: token, AWS_PROFILE, AWS_CREDENTIAL_EXPIRATION: end,
      AWS_REGION: region, AWS_DEFAULT_REGION, ROLECALL_SESSION } = process.env;
      console.log(JSON.stringify([id?.slice(0, 4), Boolean(token), AWS_PROFILE ?? null, Date.parse(end) > Date.now(), region, AWS_DEFAULT_REGION, ROLECALL_SESSION]));
      process.exit(7)`;
    const ran = await person.rolecall(["exec", "testing", ...node(script)], "", { AWS_PROFILE: "other" });
    expect(JSON.parse(ran.stdout)).toEqual(["ASIA", true, null, true, "eu-west-1", "eu-west-1", "testing operator"]);
    expect([ran.code, ran.stderr]).toEqual([7, ""]);
  });

  test("arguments arrive as they are, without a shell; options of the command are its own", async () => {
    const args = ["--json", "$(id)", "a b", "'", "--", "*"];
    const ran = await person.rolecall([
      "exec",
      "production",
      "spectator",
      ...node("console.log(JSON.stringify(process.argv.slice(1)))"),
      "--",
      ...args,
    ]);
    expect(JSON.parse(ran.stdout)).toEqual(args);
  });

  test("within another exec it says so, and works as the inner role", async () => {
    const inner = [
      process.execPath,
      ROLECALL,
      "exec",
      "production",
      "--",
      process.execPath,
      "-p",
      "process.env.ROLECALL_SESSION + process.env.AWS_REGION",
    ];
    const ran = await person.rolecall(["exec", "testing", "--", ...inner]);
    expect(ran.stdout.trim()).toBe("production spectatoreu-central-1");
    expect(ran.stderr).toBe('within "testing operator": the command works only as production spectator\n');
  });

  test.each([
    [["exec", "testing"], 2, /put the account before two dashes and the command after them/],
    [["exec", "testing", "operator", "ls"], 2, /put the account before two dashes and the command after them/],
    [["exec", "--", "ls"], 2, /put the account before two dashes/],
    [["exec", "testing", "--", "no-such-program"], 127, /program "no-such-program" not found/],
    [["exec", "testing", "--", "/"], 126, /"\/" cannot be run \(EACCES\)/],
    [["exec", "tsting", "--", "true"], 2, /no role in an account "tsting"; did you mean "testing"\?/],
    [
      ["exec", "testing", "spectator", "--", "true"],
      2,
      /no tier "spectator" in testing.*administrator, testing operator/,
    ],
  ] as const)("%j ends with %d", async (args, code, says) => {
    const ran = await person.rolecall(args);
    expect(ran.stderr).toMatch(says);
    expect([ran.code, ran.stdout]).toEqual([code, ""]);
  });

  test("a signal reaches the command, and we end as it ends", async () => {
    const ready = join(person.home, "ready");
    const script = `require("fs").writeFileSync(${JSON.stringify(ready)}, ""); process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, [ROLECALL, "exec", "testing", ...node(script)], {
      cwd: person.home,
      env: person.env,
    });
    await until(() => existsSync(ready), "the command");
    child.kill("SIGTERM");
    expect(await new Promise((done) => child.once("exit", (code, signal) => done([code, signal])))).toEqual([9, null]);
  });

  test("a command that a signal ends is told as such", async () => {
    const child = spawn(
      process.execPath,
      [ROLECALL, "exec", "testing", ...node('process.kill(process.pid, "SIGKILL")')],
      {
        cwd: person.home,
        env: person.env,
      },
    );
    expect(await new Promise((done) => child.once("exit", (code, signal) => done([code, signal])))).toEqual([
      null,
      "SIGKILL",
    ]);
  });

  test("Ctrl-C at the keyboard reaches the command once", async () => {
    const script = `let n = 0; process.on("SIGINT", () => n++); process.stderr.write("MFA code of "); setTimeout(() => { console.log(n); process.exit(3) }, 1500)`;
    const command = [process.execPath, ROLECALL, "exec", "testing", ...node(script)];
    const ran = await onTerminal(person, command, ["^C"]);
    expect([ran.code, ran.stdout.trim()]).toEqual([3, "1"]);
  });
});

describe("env", () => {
  const printed = (account: string | undefined, more: Partial<EnvOptions>, env: NodeJS.ProcessEnv, screen = false) => {
    const options = { shell: "posix", json: false, ...more };
    const work = (context: Context) => printLines(context, options, { account }, screen);
    return inProcess(person, "env", work, { env, json: options.json });
  };
  const lines = (options: Partial<EnvOptions>, screen = false) => printed("testing", options, CODE, screen);

  test("a shell that evaluates it works as the role, and --unset takes it away", async () => {
    const { stdout, stderr } = await lines({});
    const unset = (await lines({ unset: true })).stdout;
    const script = `AWS_PROFILE=other; ${stdout}\necho "$AWS_REGION $ROLECALL_SESSION \${AWS_PROFILE-none} \${AWS_SECRET_ACCESS_KEY#SECRET}"\n${unset}\necho "\${AWS_SECRET_ACCESS_KEY-none}"`;
    const shell = spawnSync("sh", ["-eu"], { input: script, encoding: "utf8", env: { PATH: process.env["PATH"] } });
    expect(shell.stdout).toMatch(/^eu-west-1 testing operator none key\d+\nnone\n$/);
    expect(stderr).toMatch(/^testing operator until 20\S+; every program of this shell sees the keys\n$/);
  });

  test("without keys the evaluation fails, and an earlier role's keys are gone; one's own stay", async () => {
    const evaluated = async (more: NodeJS.ProcessEnv) => {
      const { code, stdout } = await printed("nowhere", {}, more);
      const script = `AWS_ACCESS_KEY_ID=old; eval "$1"; echo "$? \${AWS_ACCESS_KEY_ID-none}"`;
      const shell = spawnSync("sh", ["-c", script, "sh", stdout], { encoding: "utf8", env: {} });
      return [code, shell.stdout];
    };
    expect(await evaluated({ ROLECALL_SESSION: "testing operator" })).toEqual([2, "1 none\n"]);
    expect(await evaluated({})).toEqual([2, "1 old\n"]);
  });

  test("not on a screen, unless meant", async () => {
    const refused = await lines({}, true);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect((await lines({ print: true }, true)).stdout).toContain("export AWS_SESSION_TOKEN='SECRETtoken");
  });

  test("an unknown shell, and no account", async () => {
    expect((await lines({ shell: "fsh" })).stderr).toBe(
      'unknown shell "fsh"; did you mean "fish"?; give posix, fish, powershell\n',
    );
    const none = await printed(undefined, {}, {});
    expect([none.code, none.stderr]).toEqual([2, "give an account, or --unset\n"]);
  });

  test("as JSON", async () => {
    expect(JSON.parse((await lines({ json: true })).stdout)).toMatchObject({
      schemaVersion: 1,
      command: "env",
      tier: "operator",
    });
  });

  test("as JSON where there are no keys: the reason, and no lines for a shell", async () => {
    const ran = await printed("nowhere", { json: true }, {});
    expect(JSON.parse(ran.stdout)).toMatchObject({ command: "env", ok: false, reasons: [expect.any(String)] });
    expect(JSON.parse((await lines({ json: true, unset: true })).stdout)).toMatchObject({
      unset: expect.arrayContaining(["AWS_SESSION_TOKEN", "AWS_REGION"]),
    });
  });
});

describe("credentials", () => {
  test("not on a screen, unless meant", async () => {
    const asked = (options: object) =>
      inProcess(person, "credentials", (context) => printKeys(context, options, "testing-operator", true));
    const refused = await asked({});
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toMatch(/use rolecall exec, or --print/);
    expect((await asked({ print: true })).code).toBe(0);
  });

  test("Ctrl-C at the question: no keys, and the next one is asked again", async () => {
    const other = somePerson(sts.url);
    const ran = await onTerminal(other, [process.execPath, ROLECALL, "credentials", "testing-operator"], ["^C"]);
    expect([ran.code, ran.stdout]).toEqual([130, ""]);
    sts.codes.add("333333");
    expect((await keysOf(other, "testing-operator", { ROLECALL_MFA_PROCESS: "echo 333333" })).code).toBe(0);
    other.leave();
  });

  test("a seed in the system's keychain gives the code by itself", async () => {
    const other = somePerson(sts.url);
    const bin = join(other.home, "bin");
    mkdirSync(bin);
    for (const name of ["secret-tool", "security"]) {
      writeFileSync(
        join(bin, name),
        `#!/bin/sh\necho "$@" > ${bin}/arguments\necho GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n`,
      );
      chmodSync(join(bin, name), 0o755);
    }
    // The seed's code of this moment and the next, since time goes on.
    const { totp, decodeBase32 } = await import("../../../modules/client/mfa/totp");
    const seed = decodeBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") ?? new Uint8Array();
    for (const ahead of [0, 30_000]) sts.codes.add(totp(seed, Date.now() + ahead));
    const ran = await other.rolecall(["credentials", "testing-operator"], "", {
      PATH: `${bin}:${process.env["PATH"]}`,
    });
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(readFileSync(join(bin, "arguments"), "utf8")).toContain("arn:aws:iam::111111111111:mfa/dev.one@example.org");
    other.leave();
  });
});
