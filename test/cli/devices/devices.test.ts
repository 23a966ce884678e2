import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
} from "@aws-sdk/client-iam";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute } from "../../../modules/cli/command";
import { doctor } from "../../../modules/cli/devices/doctor";
import { listKeys } from "../../../modules/cli/devices/keys-list";
import { rotateKeys } from "../../../modules/cli/devices/keys-rotate";
import { listMfa } from "../../../modules/cli/devices/mfa-list";
import { removeMfa } from "../../../modules/cli/devices/mfa-remove";
import { enrolMfa } from "../../../modules/cli/devices/mfa-enrol";
import { whoami } from "../../../modules/cli/devices/whoami";
import { otpauthUri } from "../../../modules/client/devices/otpauth";
import { drawMatrix, qrMatrix } from "../../../modules/client/devices/qr-code";
import { liveDevices } from "../../../modules/live/devices";
import { signInWithMfa } from "../../../modules/proof/checks/moments";
import { verdictOf } from "../../../modules/evaluator/evaluate";
import { compilePolicy } from "../../../modules/evaluator/policy";
import { selfService } from "../../../modules/tiers/self-service";
import { type Sandbox, startSandbox } from "../../../modules/sandbox/sandbox";
import { type AwsProxy, type Fate, startAwsProxy } from "../../support/aws-proxy";
import { type Heard, heard } from "../../support/in-process";
import { HOME, type Ran, run } from "../../support/run-command";

/*
 * The commands on the emulator, which knows no codes and refuses nothing. A proxy in front of it refuses what a person's own
 * policy does not allow, and whatever else a test wants: wrong codes, refused roles. Its sessions all belong to the account 123456789012, so that is the user account here.
 */
jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-devices-"));
const before = process.env;
const USER_ACCOUNT = "123456789012";
const ROSTER = `organization: example
region: eu-central-1
userAccount: { id: "${USER_ACCOUNT}" }
accounts: { testing: { id: "222222222222", environment: testing } }
teams: { seniors: { testing: administrator } }
people: { ann: { teams: [seniors] } }
`;
let sandbox: Sandbox;
let proxy: AwsProxy;
let iam: IAMClient;
/** What one test wants instead of what the self-service policy says. */
let fate: (body: URLSearchParams) => Fate | undefined = () => undefined;
let hasSession = false;
let person = "";
let home = "";
let secret = "";
let next = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: before, log: () => undefined });
  proxy = await startAwsProxy(sandbox.url, (body) => fate(body) ?? bySelfService(body));
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  iam = new IAMClient({ endpoint: sandbox.url, region: "eu-central-1", credentials });
  writeFileSync(join(root, "roster.yaml"), ROSTER);
});

afterAll(async () => {
  process.env = before;
  await proxy?.stop();
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** A new person for each test, with a home folder and keys in it; codes come from a command. */
beforeEach(async () => {
  fate = () => undefined;
  person = `ann.${next++}`;
  home = join(root, person);
  mkdirSync(join(home, ".aws"), { recursive: true, mode: 0o700 });
  await iam.send(new CreateUserCommand({ UserName: person }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: person }));
  secret = AccessKey?.SecretAccessKey ?? "";
  const keys = `aws_access_key_id = ${AccessKey?.AccessKeyId}\r\naws_secret_access_key = ${secret}  # mine\r\n`;
  writeFileSync(credentialsPath(), `[other]\nx = y\n[default]\r\n${keys}mfa_process = echo 123456\n`, { mode: 0o600 });
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, AWS_SHARED_CREDENTIALS_FILE: ___, ...env } = sandbox.env;
  process.env = { ...env, HOME: home, AWS_ENDPOINT_URL: proxy.url, AWS_CONFIG_FILE: join(home, ".aws/config") };
  for (const name of ["XDG_STATE_HOME", "XDG_CACHE_HOME", "NO_COLOR"]) delete process.env[name];
});

const credentialsPath = () => join(home, ".aws/credentials");

/** Runs at a real terminal, each text typed when the screen shows the one before it. */
function atTerminal(args: readonly string[], steps: readonly (readonly [string, string])[], rows = 24): Promise<Ran> {
  hasSession = false;
  const command = [process.execPath, join(HOME, "bin/rolecall.js"), ...args];
  return run("python3", [join(__dirname, "terminal.py"), JSON.stringify(steps), ...command], {
    cwd: root,
    env: { ...process.env, TERM: "xterm", TEST_ROWS: String(rows) },
  });
}

const CODES = [
  ["first code: ", "123456"],
  ["second code: ", "123456"],
  ["second code: ", "654321"],
] as const;

async function devices(): Promise<readonly string[]> {
  const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName: person }));
  return (MFADevices ?? []).map(({ SerialNumber = "" }) => SerialNumber);
}

async function virtual(serial: string): Promise<string | undefined> {
  const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({ MaxItems: 1000 }));
  const found = VirtualMFADevices?.find(({ SerialNumber }) => SerialNumber === serial);
  return found && Buffer.from(found.Base32StringSeed ?? []).toString();
}

const SELF_SERVICE = compilePolicy("self-service", selfService({ partition: "aws", id: USER_ACCOUNT }));

/**
 * Lets through what the self-service policy allows, judged by the proof's evaluator: the emulator itself allows everything.
 * With MFA is whatever a command asks after it got a session. STS needs no right for what is asked of it here.
 */
function bySelfService(body: URLSearchParams): Fate {
  const action = body.get("Action") ?? "";
  hasSession ||= action === "GetSessionToken";
  if (action === "GetSessionToken" || action === "GetCallerIdentity" || action === "AssumeRole") return "pass";
  const mfa = hasSession ? signInWithMfa(0).context : {};
  const principal = { kind: "user", arn: `arn:aws:iam::${USER_ACCOUNT}:user/${person}` } as const;
  const request = {
    principal,
    action: `iam:${action}`,
    resource: resourceOf(body, action),
    context: { "aws:username": person, ...mfa },
  };
  return verdictOf(request, { identity: [SELF_SERVICE] }) === "allowed"
    ? "pass"
    : { status: 403, code: "AccessDenied" };
}

/** What IAM judges a call by. Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS IAM". */
function resourceOf(body: URLSearchParams, action: string): string {
  if (action === "CreateVirtualMFADevice")
    return arn(`${body.get("Path")}${body.get("VirtualMFADeviceName")}`.slice(1));
  if (action === "DeleteVirtualMFADevice") return body.get("SerialNumber") ?? "";
  // Of a key the owner; of everything else the user that is named. A call that names none is judged by something else.
  const user = action === "GetAccessKeyLastUsed" ? person : body.get("UserName");
  return user === null ? "*" : `arn:aws:iam::${USER_ACCOUNT}:user/${user}`;
}

/** Every file below a folder that holds the text. */
function filesWith(text: string, folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

const arn = (name: string) => `arn:aws:iam::${USER_ACCOUNT}:mfa/${name}`;
/** Makes a device for the person without the command. */
async function haveDevice(name: string): Promise<void> {
  const port = liveDevices(iam, person);
  const [path, last = ""] = name.includes("/") ? [`/${person}/`, name.split("/")[1]] : ["/", name];
  const made = await port.create({ path, name: last });
  await port.enable(made?.serial ?? "", "123456", "654321");
}

describe("mfa enrol", () => {
  test("at a terminal: the code is drawn, two codes enable the device, and the seed stays nowhere", async () => {
    const ran = await atTerminal(["mfa", "enrol", "--json"], CODES);
    expect([ran.code, await devices()]).toEqual([0, [arn(person)]]);
    const seed = (await virtual(arn(person))) ?? "";
    expect(seed).toMatch(/^[A-Z2-7]{64}$/);
    const uri = otpauthUri({ issuer: "AWS example", user: person, accountId: USER_ACCOUNT }, seed);
    expect(ran.stderr.replaceAll("\r\n", "\n")).toContain(drawMatrix(qrMatrix(uri), true).join("\n"));
    expect(ran.stderr).toContain("that is the first code again");
    expect(ran.stderr).toContain("Now clear this window");
    expect(JSON.parse(ran.stdout)).toEqual({
      schemaVersion: 1,
      command: "mfa enrol",
      kind: "enrolled",
      serial: arn(person),
    });
    expect(`${ran.stdout}${ran.stderr.replaceAll(" ", "")}`).not.toContain(seed);
    expect(filesWith(seed, root)).toEqual([]);
  });

  test("on request the seed is shown to type in, and goes into the keychain through a pipe", async () => {
    const bin = join(home, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "secret-tool"), `#!/bin/sh\necho "$@" >> ${home}/argv\ncat > ${home}/stdin\n`);
    chmodSync(join(bin, "secret-tool"), 0o755);
    process.env["PATH"] = `${bin}:${process.env["PATH"]}`;
    const steps = [["first code: ", "seed"], ...CODES] as const;
    const { code, stderr } = await atTerminal(["mfa", "enrol", "--keychain", "--name", "phone"], steps, 60);
    const serial = arn(`${person}/phone`);
    expect([code, await devices()]).toEqual([0, [serial]]);
    const seed = (await virtual(serial)) ?? "";
    expect(stderr).toContain((seed.match(/.{4}/g) ?? []).join(" "));
    // A high terminal has it on its second page, which is left before the end.
    const [, page = "", after = ""] = /\u001b\[\?1049h(.*)\u001b\[\?1049l(.*)/s.exec(stderr) ?? [];
    expect([page.includes("first code"), after.includes("enrolled")]).toEqual([true, true]);
    expect(readFileSync(join(home, "argv"), "utf8")).toBe(
      `store --label Rolecall MFA service rolecall-mfa account ${serial}\n`,
    );
    expect(filesWith(seed, root)).toEqual([join(home, "stdin")]);
  });

  test("Ctrl-C where IAM lets nobody remove the device without MFA: what is left is named, and the next try goes on", async () => {
    const refused = await atTerminal(["mfa", "enrol"], [["first code: ", "^C"]]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("not enrolled: stopped");
    expect(refused.stderr).toContain(`"${arn(person)}" is left over and not assigned to a user`);
    const again = await atTerminal(["mfa", "enrol"], CODES);
    expect([again.code, await devices()]).toEqual([0, [arn(`${person}/${person}-2`)]]);
    expect(again.stderr).toContain(`left over from an earlier attempt: "${arn(person)}"`);
  });

  test("IAM's refusal of two codes is told from any other", async () => {
    const refusing = (code: string) => {
      fate = (body) => (body.get("Action") === "EnableMFADevice" ? { status: 403, code } : undefined);
      const client = new IAMClient({
        endpoint: proxy.url,
        region: "x",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      });
      return liveDevices(client, person).enable(arn(person), "111111", "222222");
    };
    expect(await refusing("InvalidAuthenticationCode")).toBe("wrong-codes");
    await expect(refusing("EntityAlreadyExists")).rejects.toThrow();
  });

  test("who has only a passkey is sent to the console: AWS adds no device to keys without a code", async () => {
    const passkey = `arn:aws:iam::${USER_ACCOUNT}:u2f/user/${person}/laptop`;
    await liveDevices(iam, person).enable(passkey, "123456", "654321");
    proxy.take();
    const { context, stderr } = heard(root, { isTty: true });
    expect(await execute(context, enrolMfa, { json: false, keychain: false })).toBe(1);
    expect(stderr()).toContain("sign in to the console and enrol an authenticator app there");
    expect(proxy.take()).toEqual(["GetCallerIdentity", "ListMFADevices"]);
  });

  test("without a terminal nothing is made", async () => {
    const { code, stderr } = await here((context) => execute(context, enrolMfa, { json: true, keychain: false }));
    expect([code, await virtual(arn(person)), stderr]).toEqual([
      2,
      undefined,
      expect.stringContaining("needs a terminal"),
    ]);
  });
});

describe("a page of a portal in place of any one answer", () => {
  const COMMANDS: Readonly<Record<string, (world: Heard["context"]) => Promise<number>>> = {
    whoami: (context) => execute(context, whoami, { json: false }),
    "mfa list": (context) => execute(context, listMfa, { json: false }),
    "mfa remove": (context) => execute(context, removeMfa, { json: false, yes: true, last: true }, person),
    "keys list": (context) => execute(context, listKeys, { json: false }),
    "keys rotate": (context) =>
      execute(context, rotateKeys, { deleteUnused: false, keepOld: false, yes: true, json: false }),
    doctor: (context) => execute(context, doctor, { mfa: true, keyDays: 90, json: false }, undefined, undefined),
  };

  test.each(Object.entries(COMMANDS))("%s ends with 2, and says which call", async (name, run) => {
    await haveDevice(person);
    proxy.take();
    const fine = await here(run);
    expect(fine.code).not.toBe(2);
    // Only what it asks before the first change: the rest depends on it.
    const actions = [...new Set(proxy.take())];
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) {
      if (!(await devices()).includes(arn(person))) await haveDevice(person);
      fate = (body) => (body.get("Action") === action ? "page" : undefined);
      const ran = await here(run);
      fate = () => undefined;
      // Doctor's 1 says that something is to be put right, whatever else could not be looked at.
      const code = name === "doctor" && ran.code === 1 ? 2 : ran.code;
      expect([action, code, ran.stdout + ran.stderr]).toEqual([action, 2, expect.stringContaining(action)]);
    }
  });
});

/** Runs a command in this process, which is faster. */
async function here(work: (world: Heard["context"]) => Promise<number>): Promise<Ran> {
  hasSession = false;
  const { context, stdout, stderr } = heard(root);
  const code = await work(context);
  return { code, stdout: stdout(), stderr: stderr() };
}

describe("mfa list and remove", () => {
  test("list tells name, kind, since and serial; without a device that gives codes the exit code is 1", async () => {
    expect(await here((context) => execute(context, listMfa, { json: false }))).toMatchObject({ code: 1, stdout: "" });
    await haveDevice(person);
    const text = await here((context) => execute(context, listMfa, { json: false }));
    expect([text.code, text.stdout]).toEqual([
      0,
      expect.stringMatching(/^ann\.\d+ {2}virtual {2}since 20\d\d-\d\d-\d\d {2}arn:/),
    ]);
    const { stdout } = await here((context) => execute(context, listMfa, { json: true }));
    expect(JSON.parse(stdout)).toMatchObject({
      command: "mfa list",
      person,
      devices: [{ serial: arn(person), kind: "virtual" }],
    });
  });

  const yes = { json: false, yes: true, last: false };

  test("remove deactivates and deletes; what broke off half way is gone on with", async () => {
    await haveDevice(person);
    await haveDevice(`${person}/old`);
    fate = (body) =>
      body.get("Action") === "DeleteVirtualMFADevice" ? { status: 403, code: "AccessDenied" } : undefined;
    const half = await here((context) => execute(context, removeMfa, yes, "old"));
    expect([half.code, await devices()]).toEqual([1, [arn(person)]]);
    expect(half.stderr).toContain("is deactivated, but could not be deleted");
    fate = () => undefined;
    expect(await here((context) => execute(context, removeMfa, yes, "old"))).toMatchObject({ code: 0 });
    expect(await virtual(arn(`${person}/old`))).toBeUndefined();
  });

  test("the last device only when it is meant, and nothing without a yes", async () => {
    await haveDevice(person);
    expect((await here((context) => execute(context, removeMfa, yes, person))).stderr).toContain(
      "it is the last device",
    );
    const unasked = await here((context) => execute(context, removeMfa, { ...yes, yes: false, last: true }, person));
    expect([unasked.code, await devices()]).toEqual([2, [arn(person)]]);
    expect(await here((context) => execute(context, removeMfa, { ...yes, last: true }, person))).toMatchObject({
      code: 0,
    });
    expect(await devices()).toEqual([]);
  });
});

describe("keys", () => {
  const rotation = { deleteUnused: false, keepOld: false, yes: true, json: true };
  const rotate = (patch = {}) => here((context) => execute(context, rotateKeys, { ...rotation, ...patch }));
  const ids = async () =>
    ((await iam.send(new ListAccessKeysCommand({ UserName: person }))).AccessKeyMetadata ?? []).map(
      ({ AccessKeyId = "", Status }) => `${AccessKeyId} ${Status}`,
    );

  beforeEach(() => haveDevice(person));

  test("rotate: two values of the file change and no other byte; no secret is shown or copied", async () => {
    const was = readFileSync(credentialsPath(), "utf8");
    // The file may be a link into a folder that is kept elsewhere, and stays one.
    const elsewhere = join(home, "dotfiles");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "aws"), was, { mode: 0o644 });
    rmSync(credentialsPath());
    symlinkSync(join(elsewhere, "aws"), credentialsPath());
    writeFileSync(join(elsewhere, ".aws.rolecall-1"), "left by a run that was killed");
    const [old = ""] = await ids();
    const ran = await rotate();
    expect(ran).toMatchObject({ code: 0 });
    const now = readFileSync(credentialsPath(), "utf8");
    const [id = ""] = await ids();
    expect(await ids()).toEqual([`${id.split(" ")[0]} Active`]);
    const [, newSecret = ""] = /aws_secret_access_key = (\S+)/.exec(now) ?? [];
    expect(now).toBe(was.replace(old.split(" ")[0] ?? "", id.split(" ")[0] ?? "").replace(secret, newSecret));
    expect([statSync(join(elsewhere, "aws")).mode & 0o777, readdirSync(elsewhere)]).toEqual([0o600, ["aws"]]);
    expect(newSecret).not.toBe(secret);
    for (const each of [secret, newSecret]) expect(`${ran.stdout}${ran.stderr}`).not.toContain(each);
    expect([filesWith(secret, root), filesWith(newSecret, root)]).toEqual([[], [join(elsewhere, "aws")]]);
    expect(JSON.parse(ran.stdout)).toEqual({
      schemaVersion: 1,
      command: "keys rotate",
      profile: "default",
      kind: "done",
      now: id.split(" ")[0],
    });
    expect(readdirSync(join(home, ".local/state/rolecall"))).toEqual([]);
  });

  test("broken off after the switch: the next run deactivates and deletes the old key", async () => {
    fate = (body) => (body.get("Action") === "UpdateAccessKey" ? { status: 403, code: "AccessDenied" } : undefined);
    expect(await rotate()).toMatchObject({ code: 2, stderr: expect.stringContaining("AWS refuses") });
    expect(await ids()).toHaveLength(2);
    const state = join(home, ".local/state/rolecall");
    const [journal = ""] = readdirSync(state);
    expect([statSync(state).mode & 0o777, statSync(join(state, journal)).mode & 0o777]).toEqual([0o700, 0o600]);
    fate = () => undefined;
    expect(await rotate()).toMatchObject({ code: 0 });
    expect(await ids()).toHaveLength(1);
  });

  test("two keys: which is which is told, and the other one goes only when that is said", async () => {
    await iam.send(new CreateAccessKeyCommand({ UserName: person }));
    const [first, second] = await ids();
    const refused = await rotate();
    expect([refused.code, await ids()]).toEqual([2, [first, second]]);
    expect(refused.stderr).toContain("give --delete-unused");
    expect(await rotate({ deleteUnused: true })).toMatchObject({ code: 0 });
    expect(await ids()).toHaveLength(1);
  });

  test("list tells age and last use", async () => {
    const { stdout } = await here((context) => execute(context, listKeys, { json: false }));
    expect(stdout).toMatch(/^AKIA\w+ {2}active {2}0 days old {2}(never used|last used 20\d\d-\d\d-\d\d for \w+)\n$/);
  });

  test.each<[string, () => void, string]>([
    [
      "keys in the environment",
      () => Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "x" }),
      "AWS_ACCESS_KEY_ID is set here",
    ],
    ["no file", () => rmSync(credentialsPath()), "only keys in a credentials file can be rotated"],
    [
      "a folder",
      () => {
        rmSync(credentialsPath());
        mkdirSync(credentialsPath());
      },
      "is not a regular file",
    ],
    ["a profile without keys", () => writeFileSync(credentialsPath(), "[default]\n"), "has no aws_access_key_id"],
    [
      "keys AWS does not know",
      () => (fate = () => ({ status: 403, code: "InvalidClientTokenId" })),
      "AWS does not know this access key",
    ],
    [
      "a code AWS does not take",
      () =>
        (fate = (body) =>
          body.get("Action") === "GetSessionToken" ? { status: 403, code: "AccessDenied" } : undefined),
      "AWS refuses",
    ],
    [
      "a code that is none",
      () => writeFileSync(credentialsPath(), readFileSync(credentialsPath(), "utf8").replace("echo 123456", "echo no")),
      "did not give an MFA code",
    ],
    [
      "a damaged journal",
      () => {
        mkdirSync(join(home, ".local/state/rolecall"), { recursive: true });
        writeFileSync(join(home, `.local/state/rolecall/rotation-${USER_ACCOUNT}-${person}.json`), "{");
      },
      "is damaged",
    ],
  ])("rotate with %s: nothing is changed, and the message says what to do", async (_, given, message) => {
    given();
    const ran = await rotate();
    fate = () => undefined;
    const said = JSON.parse(ran.stdout) as object;
    expect([ran.code, said]).toMatchObject([2, { command: "keys rotate", ok: false, reasons: [ran.stderr.trim()] }]);
    expect(ran.stderr).toContain(message);
    expect(ran.stdout).not.toContain(secret);
    expect(await ids()).toHaveLength(1);
    expect(ran.stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("whoami and doctor", () => {
  const asJson = async (work: (context: Heard["context"]) => Promise<number>) => {
    const { code, stdout, stderr } = await here(work);
    const data = JSON.parse(stdout === "" ? "{}" : stdout) as Record<string, unknown>;
    return { ...data, code, stderr } as Record<string, unknown>;
  };

  test("whoami: a user whom the roster does not have, and nobody", async () => {
    const json = { json: true };
    expect(await asJson((context) => execute(context, whoami, json))).toMatchObject({
      code: 0,
      temporary: false,
      caller: { kind: "user", user: person },
      identity: { account: "user", person, known: false, roles: [] },
    });
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(home, "none");
    expect(await asJson((context) => execute(context, whoami, json))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no credentials are set up here"),
    });
  });

  test("whoami: a session tells its role, its person and its end", async () => {
    const arnOfRole = "arn:aws:iam::222222222222:role/rolecall/administrator";
    const sts = new STSClient({
      endpoint: sandbox.url,
      region: "x",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arnOfRole, RoleSessionName: "ann" }));
    process.env["AWS_ACCESS_KEY_ID"] = Credentials?.AccessKeyId ?? "";
    process.env["AWS_SECRET_ACCESS_KEY"] = Credentials?.SecretAccessKey ?? "";
    process.env["AWS_SESSION_TOKEN"] = Credentials?.SessionToken ?? "";
    process.env["AWS_CREDENTIAL_EXPIRATION"] = "2026-11-22T13:00:00Z";
    const { context, stdout } = heard(root, { now: new Date("2026-11-22T12:17:00Z") });
    expect(await execute(context, whoami, { json: false })).toBe(0);
    expect(stdout()).toContain("the role administrator in 222222222222 (session ann), account testing");
    expect(stdout()).toContain("ends in 43 minutes, at 2026-11-22 13:00 UTC");
    expect(stdout()).toContain('"ann" may take\n  testing  administrator');
  });

  const options = { json: true, mfa: false, keyDays: 90 };

  test("doctor: what is wrong with this home", async () => {
    chmodSync(credentialsPath(), 0o644);
    const { code, checks } = await asJson((context) =>
      execute(context, doctor, { ...options, mfa: true }, undefined, undefined),
    );
    expect(code).toBe(1);
    expect(checks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ check: "clock", status: "ok" }),
        expect.objectContaining({ check: "files", status: "fail", cure: `chmod go= ${credentialsPath()}` }),
        expect.objectContaining({ check: "credentials", status: "ok" }),
        expect.objectContaining({ check: "mfa", status: "fail" }),
        expect.objectContaining({ check: "keys", status: "unknown" }),
      ]),
    );
    expect(JSON.stringify(checks)).not.toContain(secret);
  });

  test.each<[string, () => void, "fail" | "unknown", string, string]>([
    [
      "AWS cannot be reached",
      () => Object.assign(process.env, { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }),
      "unknown",
      "ECONNREFUSED",
      "AWS did not say who owns these keys",
    ],
    [
      "clients do not agree",
      () =>
        writeFileSync(
          credentialsPath(),
          "[default]\naws_access_key_id = A\naws_access_key_id = B\naws_secret_access_key = C\n",
        ),
      "fail",
      "clients do not agree",
      "it is not clear which keys count",
    ],
    [
      "there are no keys",
      () => Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: join(home, "none") }),
      "fail",
      'there is no profile "default"',
      "there are no credentials",
    ],
  ])("doctor where %s says so, and not that there are no credentials", async (_, given, status, found, why) => {
    given();
    const { checks } = await asJson((context) => execute(context, doctor, options, undefined, undefined));
    expect(checks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ check: "credentials", status, found: expect.stringContaining(found) }),
        expect.objectContaining({ check: "mfa", status: "unknown", found: expect.stringContaining(why) }),
        expect.objectContaining({ check: "keys", status: "unknown", found: expect.stringContaining(why) }),
      ]),
    );
  });

  test("doctor: why a role cannot be taken, asked of the roster, the documents and AWS", async () => {
    await haveDevice(person);
    delete process.env["ROLECALL_SANDBOX"];
    fate = (body) => (body.get("Action") === "AssumeRole" ? { status: 403, code: "AccessDenied" } : undefined);
    const { code, checks } = await asJson((context) =>
      execute(context, doctor, { ...options, mfa: true }, "testing", undefined),
    );
    expect(code).toBe(1);
    expect((checks as { check: string }[]).filter(({ check }) => check === "role")).toMatchObject([
      { status: "fail", found: expect.stringContaining("is not in the roster") },
      { status: "ok", found: expect.stringContaining("nor do the documents") },
      { status: "ok", found: "AWS refuses as well" },
    ]);
    expect(checks).toContainEqual(
      expect.objectContaining({ check: "keys", status: "ok", found: expect.stringContaining("0 days old") }),
    );
  });

  test.each<[[string, string | undefined], string]>([
    [["tesing", undefined], 'unknown account "tesing"; did you mean "testing"?'],
    [["user", undefined], "has no roles to take"],
    [["testing", "adminstrator"], 'did you mean "administrator"?'],
  ])("doctor: %j is said to be wrong before anything is asked", async (asked, message) => {
    proxy.take();
    expect(await asJson((context) => execute(context, doctor, options, ...asked))).toEqual({
      schemaVersion: 1,
      command: "doctor",
      ok: false,
      reasons: [expect.stringContaining(message)],
      code: 2,
      stderr: expect.stringContaining(message),
    });
    expect(proxy.take()).toEqual([]);
  });
});
