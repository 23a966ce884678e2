import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetLoginProfileCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { invite, inviteAsking } from "../../modules/cli/people/invite";
import { startSandbox, type Sandbox } from "../../modules/sandbox/sandbox";
import { SMALL } from "../lifecycle/rosters";
import { applyByHand, iamOf } from "../support/apply-by-hand";
import { startAwsProxy, type Fate } from "../support/aws-proxy";
import { execute } from "../../modules/cli/command";
import { executed } from "../support/execute";
import { heard } from "../support/in-process";
import { parseText } from "../support/roster-text";
import { expectCode, HOME, rolecall, run } from "../support/run-command";
import { compiled } from "../support/synth";

/*
 * The command on the emulator. Refusals, lost answers and outages, which the emulator does not give, come from a proxy in
 * front of it. The emulator checks no password against the policy: the proxy refuses one as AWS would.
 */
jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-invite-"));
const keyring = join(root, "keyring");
const before = process.env;
let sandbox: Sandbox;
let iam: IAMClient;
let person = "";
let fate: (action: string) => Fate = () => "pass";
let asked = new URLSearchParams();
let proxy: Awaited<ReturnType<typeof startAwsProxy>>;

/** One person for each test: nobody else's password stands in the way. */
const PEOPLE = Array.from({ length: 16 }, (_, index) => `new.${index}@example.org`);
const ROSTER = `${SMALL}${PEOPLE.map((name) => `  ${name}: { teams: [seniors] }\n`).join("")}`;
let next = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: before, log: () => undefined });
  proxy = await startAwsProxy(sandbox.url, (body) => {
    if (body.get("Action") === "CreateLoginProfile") asked = body;
    return fate(body.get("Action") ?? "");
  });
  mkdirSync(keyring, { mode: 0o700 });
  process.env = { ...sandbox.env, AWS_ENDPOINT_URL: proxy.url, GNUPGHOME: keyring };
  writeFileSync(join(root, "roster.yaml"), ROSTER);
  const parsed = parseText(ROSTER);
  if (!parsed.ok) throw new Error("the roster does not hold");
  const plan = compiled(parsed.value);
  await applyByHand(plan, sandbox.url);
  const account = plan.stacks.flatMap(({ accounts }) => accounts).find(({ kind }) => kind === "user");
  if (account === undefined) throw new Error("no user account");
  iam = await iamOf(account, sandbox.url);
});

afterAll(async () => {
  process.env = before;
  await proxy?.stop();
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

beforeEach(() => {
  fate = () => "pass";
  person = PEOPLE[next++] ?? "";
});

type Given = Partial<Parameters<typeof invite.run>[1]>;

async function tried(options: Given = {}, { isTty = false, yes = false } = {}) {
  const asking: typeof invite = {
    ...invite,
    run: (context, given) => inviteAsking(context, given, person, async () => yes),
  };
  const asked = { json: false, ...options };
  const { code, stdout, stderr } = await executed([root, { isTty }], asking, asked, person);
  return { code, out: stdout, err: stderr };
}

async function hasPassword(): Promise<boolean> {
  return iam.send(new GetLoginProfileCommand({ UserName: person })).then(
    () => true,
    () => false,
  );
}

const PASSWORD = /[A-Za-z0-9!@%_+=-]{24}$/m;

test("prints the password once where it is asked for, to be changed at the first sign-in", async () => {
  const { code, out, err } = await tried({ print: true });
  expect(code).toBe(0);
  expect(out).toMatch(PASSWORD);
  expect(err).not.toMatch(/one-time password of/);
  // The emulator forgets it, so what was asked for is looked at.
  expect(asked.get("PasswordResetRequired")).toBe("true");
});

test("on a terminal it goes to the terminal and never to standard output", async () => {
  const { code, out, err } = await tried({}, { isTty: true });
  expect([code, out]).toEqual([0, ""]);
  expect(err).toMatch(new RegExp(`^one-time password of ${person}: ${PASSWORD.source}`, "m"));
});

test.each([
  ["a full disk", "> /dev/full", "ENOSPC"],
  ["a reader who is gone", "| true", "EPIPE"],
])("%s: the password is lost, which is said, and another can be set", async (_name, where, reason) => {
  if (process.platform !== "linux") return;
  const command = `{ sleep 0.2; "$0" "$1" invite "$2" --print; echo "exit $?" >&2; } ${where}`;
  const args = ["-c", command, process.execPath, join(HOME, "bin/rolecall.js"), person];
  const { stderr } = await run("sh", args, { cwd: root, env: process.env });
  expect(stderr).toContain(`the password was set but could not be shown (${reason})`);
  expect(stderr).toMatch(/exit 2\n$/);
  expect(stderr).not.toMatch(/one-time password of|^ {4}at /m);
  expect((await tried({ print: true, again: true })).code).toBe(0);
});

test.each<[string, Given, string]>([
  ["no terminal and nothing said", {}, "there is no terminal to show the password on"],
  ["JSON in the clear", { json: true, print: true }, "--json prints no password in the clear"],
  ["two ways", { print: true, pgpKey: "x" }, "give one of"],
  ["a secret key behind a blank", { ageRecipient: " AGE-SECRET-KEY-1QQ" }, "this is a secret age key"],
  ["a secret age key for PGP", { pgpKey: "age-secret-key-1QQ" }, "this is a secret age key"],
  ["a key that is none", { pgpKey: "roster.yaml" }, "gpg did not encrypt"],
  ["a key nobody has", { pgpKey: "nobody@example.org" }, "gpg did not encrypt"],
])("%s: refused before anything is changed", async (_name, options, reason) => {
  next--;
  const { code, out, err } = await tried(options);
  expect(code).toBe(2);
  if (options.json) expect(JSON.parse(out)).toMatchObject({ ok: false, reasons: [expect.stringContaining(reason)] });
  else expect(out).toBe("");
  expect(err).toContain(reason);
  expect(out + err).not.toContain("1QQ");
  expect(await hasPassword()).toBe(false);
});

test("a second invitation is refused; --again sets another password", async () => {
  await tried({ print: true });
  const refused = await tried({ print: true });
  expect([refused.code, refused.out]).toEqual([1, ""]);
  expect(refused.err).toContain("--again sets a new one-time password");
  const again = await tried({ print: true, again: true });
  expect([again.code, again.out]).toEqual([0, expect.stringMatching(PASSWORD)]);
});

test("somebody with a device takes a yes, and keys before a device are warned of", async () => {
  await iam.send(new CreateAccessKeyCommand({ UserName: person }));
  const warned = await tried({ print: true });
  expect(warned.err).toContain("1 active access key and no MFA device");
  const made = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: person }));
  const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
  const SerialNumber = made.VirtualMFADevice?.SerialNumber;
  await iam.send(new EnableMFADeviceCommand({ UserName: person, SerialNumber, ...codes }));
  expect(await tried({ print: true, again: true })).toMatchObject({ code: 2, out: "" });
  expect(await tried({ again: true }, { isTty: true, yes: false })).toMatchObject({ code: 1, out: "" });
  expect((await tried({ again: true }, { isTty: true, yes: true })).code).toBe(0);
});

test("a stranger to the roster, and somebody who is not applied, get nothing", async () => {
  person = "new.99@example.org";
  expect((await tried({ print: true })).err).toContain("is not in the roster; did you mean");
  writeFileSync(join(root, "roster.yaml"), `${ROSTER}  ${person}: { teams: [seniors] }\n`);
  const { code, err } = await tried({ print: true });
  writeFileSync(join(root, "roster.yaml"), ROSTER);
  expect([code, err]).toEqual([1, expect.stringContaining("run rolecall apply user first")]);
});

test("a lost answer: the password is not shown, and what to do is", async () => {
  fate = (action) => (action === "CreateLoginProfile" ? "lose" : "pass");
  const { code, out, err } = await tried({ print: true });
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("it is not known whether a password was set");
  expect(err).not.toMatch(PASSWORD);
  expect(await hasPassword()).toBe(true);
  fate = () => "pass";
  expect((await tried({ print: true, again: true })).code).toBe(0);
});

test("a password that AWS refuses is not shown", async () => {
  fate = (action) => (action === "CreateLoginProfile" ? { status: 400, code: "PasswordPolicyViolation" } : "pass");
  const { code, out, err } = await tried({ print: true });
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("no password was set");
  expect(await hasPassword()).toBe(false);
});

test("who may not read the user is told which account and role", async () => {
  fate = (action) => (action === "AssumeRole" ? { status: 403, code: "AccessDenied" } : "pass");
  const { code, err } = await tried({ print: true });
  expect([code, err]).toEqual([
    2,
    expect.stringContaining("user cannot be reached through arn:aws:iam::111111111111:role/"),
  ]);
});

describe("encrypted", () => {
  const gpg = (...args: string[]) =>
    execFileSync("gpg", ["--homedir", keyring, "--batch", "--quiet", ...args], { stdio: "pipe" });

  /** Everything the command left anywhere that a test can look. */
  function leftovers(): string {
    const files = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? files(join(folder, entry.name)) : entry.isFile() ? [join(folder, entry.name)] : [],
      );
    return files(join(root, "welcome"))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
  }

  test("to a PGP key in a file: only its owner reads it, and the password is nowhere else", async () => {
    gpg("--passphrase", "", "--quick-gen-key", "New <new@example.org>", "rsa2048", "encr", "never");
    writeFileSync(join(root, "new.asc"), gpg("--armor", "--export"));
    const { code, out, err } = await tried({ pgpKey: "new.asc", json: true, welcomeOut: "welcome" });
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(result).toMatchObject({ schemaVersion: 2, command: "invite", person, encryption: "pgp" });
    writeFileSync(join(root, "password.asc"), result.encryptedPassword);
    const password = gpg("--decrypt", join(root, "password.asc")).toString();
    execFileSync("gpgconf", ["--homedir", keyring, "--kill", "all"]);
    expect(password).toMatch(/^.{24}$/);
    for (const text of [out, err, leftovers()]) expect(text).not.toContain(password);
    expect(leftovers()).toContain("First steps, in this order");
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("rolecall-gpg-"))).toEqual([]);
  });

  test("gpg gets the password through its input, and in no argument or variable", async () => {
    const bin = mkdtempSync(join(root, "bin-"));
    const script = `#!/bin/sh\ncat > "${bin}/input"; { printf '%s\\n' "$@"; env; } > "${bin}/world"; echo sealed\n`;
    writeFileSync(join(bin, "gpg"), script, { mode: 0o755 });
    const world = heard(root);
    const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
    const context = { ...world.context, env };
    expect(await execute(context, invite, { json: false, pgpKey: "new@example.org" }, person)).toBe(0);
    expect(world.stdout()).toBe("sealed\n");
    const password = readFileSync(join(bin, "input"), "utf8");
    expect(password).toMatch(/^.{24}$/);
    expect(readFileSync(join(bin, "world"), "utf8")).toContain("--encrypt");
    for (const text of [readFileSync(join(bin, "world"), "utf8"), world.stderr()]) expect(text).not.toContain(password);
  });

  test("to an age key, in the bundle; and a secret key in its place is refused without being repeated", async () => {
    const script = (body: string) =>
      run(process.execPath, ["--input-type=module", "-e", `import * as age from "age-encryption";${body}`], {
        cwd: HOME,
        env: process.env,
      });
    const keys = await script(
      `const i = await age.generateIdentity(); console.log(i); console.log(await age.identityToRecipient(i));`,
    );
    const [identity = "", recipient = ""] = keys.stdout.split("\n");
    const { stdout, stderr } = expectCode(
      await rolecall(root, process.env, "invite", person, "--age-recipient", recipient),
      0,
    );
    writeFileSync(join(root, "password.age"), stdout);
    const opened = await script(
      `import { readFileSync as read } from "node:fs"; const d = new age.Decrypter(); d.addIdentity(${JSON.stringify(identity)});` +
        `console.log(await d.decrypt(age.armor.decode(read(${JSON.stringify(join(root, "password.age"))}, "utf8")), "text"));`,
    );
    const password = opened.stdout.trim();
    expect(password).toMatch(/^.{24}$/);
    expect(stdout + stderr).not.toContain(password);
    const wrong = await rolecall(root, process.env, "invite", person, "--again", "--age-recipient", identity);
    expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
    expect(wrong.stderr).toContain("this is a secret age key");
    expect(wrong.stderr).not.toContain(identity);
  });
});

test("a folder that cannot be written stops before a password is set", async () => {
  writeFileSync(join(root, "file"), "");
  chmodSync(join(root, "file"), 0o400);
  const { code, err } = await tried({ print: true, welcomeOut: "file/welcome" });
  expect([code, err]).toEqual([2, expect.stringContaining("the welcome page cannot be written")]);
  expect(await hasPassword()).toBe(false);
  expect(statSync(join(root, "file")).size).toBe(0);
});
