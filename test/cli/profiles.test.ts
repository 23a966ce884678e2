import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
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
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { editConfigFile } from "../../modules/cli/profiles/profiles-edit";
import { answer } from "../../modules/cli/answer";
import { giveProfiles, type ProfilesOptions, profiles } from "../../modules/cli/profiles/profiles";
import type { StyleName } from "../../modules/client/profiles/style-names";
import { findPython } from "../../modules/sandbox/discover";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { iamClient } from "../support/iam-client";
import { executed } from "../support/execute";
import { heard } from "../support/in-process";
import { HOME, rolecall, run } from "../support/run-command";

/*
 * The command with real clients: the aws client and the JS SDK on the emulator. aws-vault, granted, awsu and browsers are
 * not tried here; their formats are held against their sources in test/client/profiles.
 */
jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-profiles-"));
const before = process.env;
const PERSON = "dev.one@example.org";
const SERIAL = `arn:aws:iam::111111111111:mfa/${PERSON}`;
const ROSTER = `
organization: example
region: eu-central-1
userAccount: { id: "111111111111", alias: example-users }
accounts:
  testing:    { id: "222222222222", environment: testing }
  production: { id: "333333333333", environment: production }
teams:
  developers: { "@testing": operator, production: spectator }
  seniors:    { "@testing": administrator, production: administrator }
people:
  dev.one@example.org:    { teams: [developers] }
  senior.one@example.org: { teams: [seniors] }
`;
const ROLE_SESSION = `arn:aws:sts::222222222222:assumed-role/operator/${PERSON}`;
const KEYS = "aws_access_key_id = test\naws_secret_access_key = test\n";
let sandbox: Sandbox;
let folder = "";
let config = "";
let env: NodeJS.ProcessEnv = {};
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: before, log: () => undefined });
  writeFileSync(join(root, "roster.yaml"), ROSTER);
});

beforeEach(() => {
  count += 1;
  folder = join(root, `home-${count}`, ".aws");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  config = join(folder, "config");
  writeFileSync(join(folder, "credentials"), `[default]\n${KEYS}[rolecall]\n${KEYS}`);
  const {
    AWS_ACCESS_KEY_ID: _,
    AWS_SECRET_ACCESS_KEY: __,
    ROLECALL_PERSON: ___,
    ROLECALL_ROSTER: ____,
    ...rest
  } = sandbox.env;
  env = {
    ...rest,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    HOME: join(root, `home-${count}`),
  };
  process.env = env;
});

afterEach(() => {
  process.env = before;
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(root, { recursive: true });
});

type Asked = Partial<ProfilesOptions> & {
  readonly person?: string;
  readonly isTty?: boolean;
  /** What is typed where the device is asked for. */
  readonly typed?: string;
};

async function ask({ person, isTty = false, typed, ...options }: Asked = {}) {
  const { context, stdout, stderr } = heard(root, { isTty });
  const given = { style: "session", prefix: "", json: false, ...options } as const;
  const whose = given.undo ? undefined : (person ?? PERSON);
  const frame = { command: profiles.name, schemaVersion: profiles.schemaVersion ?? 1, json: given.json, debug: false };
  const code = await answer(context, frame, () => giveProfiles(context, given, whose, async () => typed));
  return { code, out: stdout(), err: stderr() };
}

const text = () => readFileSync(config, "latin1");

/** Asks STS who one is; a code is 123456 for the right device. */
const WHO = `
const { fromIni } = require("@aws-sdk/credential-provider-ini");
const { GetCallerIdentityCommand, STSClient } = require("@aws-sdk/client-sts");
const [profile, device] = process.argv.slice(1);
const mfaCodeProvider = async (serial) => (serial === device ? "123456" : "wrong device");
new STSClient({ region: "eu-central-1", credentials: fromIni({ profile, mfaCodeProvider }) })
  .send(new GetCallerIdentityCommand({}))
  .then(({ Arn }) => console.log(Arn));
`;

/** Who the JS SDK is with a profile, in a process of its own: what it starts must have our environment. */
async function whoIs(profile: string): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, ["-e", WHO, profile, SERIAL], { cwd: HOME, env });
  return stdout === "" ? stderr : stdout.trim();
}

/** Runs the aws client on a terminal, and types `code` when it asks. */
function awsWithCode(code: string, ...args: string[]): Promise<string> {
  const python = findPython(HOME, before);
  if (!python.ok) throw new Error(python.cure);
  const script = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0: os.execvp("aws", ["aws"] + sys.argv[2:])
seen = b""
typed = False
while True:
    try: chunk = os.read(fd, 4096)
    except OSError: break
    if not chunk: break
    seen += chunk
    if not typed and b"Enter MFA code" in seen:
        os.write(fd, (sys.argv[1] + "\\n").encode()); typed = True
os.waitpid(pid, 0)
sys.stdout.buffer.write(seen)
`;
  return new Promise((done, fail) => {
    const child = spawn(python.path, ["-c", script, code, ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.on("error", fail);
    child.on("close", () => done(out));
  });
}

describe("real clients", () => {
  test("the aws client takes a role with a code, as the person, from style cli", async () => {
    expect(await ask({ style: "cli", mfaSerial: SERIAL, write: true })).toMatchObject({ code: 0, out: "" });
    const said = await awsWithCode("123456", "sts", "get-caller-identity", "--profile", "testing", "--output", "json");
    expect(said).toContain(`Enter MFA code for ${SERIAL}`);
    expect(said).toContain(ROLE_SESSION);
    const region = await run("aws", ["configure", "get", "region", "--profile", "production-spectator"], {
      cwd: root,
      env,
    });
    expect(region.stdout).toBe("eu-central-1\n");
  });

  test.each<[StyleName, string]>([
    ["cli", "default"],
    ["aws-vault", "vault"],
    ["granted", "vault"],
  ])("so does the JS SDK from style %s", async (style, source) => {
    expect((await ask({ style, mfaSerial: SERIAL, write: true, sourceProfile: source })).code).toBe(0);
    // aws-vault and granted keep the keys elsewhere, and give them to the profile; here they stand in the file.
    writeFileSync(join(folder, "credentials"), `[${source}]\n${KEYS}`);
    expect(await whoIs("testing-operator")).toBe(ROLE_SESSION);
  });

  test("and from style login, through the bridge; the browser's part is made up", async () => {
    expect((await ask({ style: "login", write: true })).code).toBe(0);
    const keys = { Version: 1, AccessKeyId: "test", SecretAccessKey: "test" };
    const wanted = "configure export-credentials --profile rolecall-login --format process";
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/aws"), `#!/bin/sh\n[ "$*" = "${wanted}" ] && echo '${JSON.stringify(keys)}'\n`, {
      mode: 0o755,
    });
    env["PATH"] = `${join(folder, "bin")}:${env["PATH"]}`;
    expect(await whoIs("production")).toBe(
      ROLE_SESSION.replace("222222222222", "333333333333").replace("operator", "spectator"),
    );
  });

  test("one code opens every role for the aws client and the SDK from style session", async () => {
    const iam = await iamClient(sandbox.url, "111111111111");
    await iam.send(new CreateUserCommand({ UserName: PERSON }));
    await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: PERSON }));
    const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
    await iam.send(new EnableMFADeviceCommand({ UserName: PERSON, SerialNumber: SERIAL, ...codes }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: PERSON }));
    writeFileSync(
      join(folder, "credentials"),
      `[default]\naws_access_key_id = ${AccessKey?.AccessKeyId}\naws_secret_access_key = ${AccessKey?.SecretAccessKey}\n`,
    );
    expect((await ask({ write: true })).code).toBe(0);
    env["ROLECALL_MFA_PROCESS"] = `sh -c "echo asked >> ${join(folder, "asked")}; echo 123456"`;
    const said = await run("aws", ["sts", "get-caller-identity", "--profile", "testing"], { cwd: "/", env });
    expect([said.stderr, said.stdout]).toEqual(["", expect.stringContaining(ROLE_SESSION)]);
    expect(await whoIs("production-spectator")).toContain("333333333333:assumed-role/spectator/");
    expect(readFileSync(join(folder, "asked"), "utf8")).toBe("asked\n");
  });
});

describe("the config file", () => {
  const ODD = "\n\r\n# caf\xc3\xa9\t\r\n[default]\r\nregion = x\r\n\r\n[profile a]\n\ns3 =\n  x = y";

  test("is as it was after writing, writing again and undoing, and nothing is left beside it", async () => {
    writeFileSync(config, ODD, "latin1");
    expect(await ask({ write: true })).toMatchObject({ code: 0, out: "" });
    const written = text();
    expect(written.startsWith(ODD)).toBe(true);
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${config}.rolecall-backup`, "latin1")).toBe(ODD);
    expect(statSync(`${config}.rolecall-backup`).mode & 0o777).toBe(0o600);
    expect((await ask({ write: true })).err).toContain("nothing to change");
    expect((await ask({ write: true, style: "login" })).code).toBe(0);
    expect(text()).not.toBe(written);
    expect((await ask({ write: true })).code).toBe(0);
    expect(text()).toBe(written);
    expect(await ask({ undo: true })).toMatchObject({
      code: 0,
      err: expect.stringContaining("the block of rolecall is removed"),
    });
    expect(text()).toBe(ODD);
    expect(readdirSync(folder).sort()).toEqual(["config", "credentials"]);
    expect((await ask({ undo: true })).err).toContain("there is no block of rolecall");
  });

  test.each<[string, string, "config" | "credentials", string]>([
    ["a byte order mark", "\xef\xbb\xbf[default]\n", "config", "config:1 begins with a byte order mark"],
    ["Latin-1", "[default]\n# caf\xe9\n", "config", "config:1 is not valid UTF-8"],
    ["a setting above the first section", "\nregion = x\n[default]\n", "config", "config:2 is above the first section"],
    [
      "a header that does not end",
      "[default]\nregion = x\n[profile a\n",
      "config",
      "config:3 is neither a section nor",
    ],
    ["a header that does not end, at the top", "[default\nregion = x\n", "config", "config:1 is above the first"],
    ["a section twice", "[profile a]\n[profile a]\n", "config", "config:2 repeats the section of line 1"],
    ["a setting twice", "[default]\nregion = x\nregion = y\n", "config", "config:3 sets region a second time"],
    ["a line without =", "[default]\nregion\n", "config", "config:2 is neither a section nor a setting"],
    ["a nested line without =", "[default]\ns3 =\n  x\n", "config", "config:2 has a line below s3"],
    [
      "a name that the SDK cannot hold",
      "[profile constructor]\nregion = x\n",
      "config",
      "the JavaScript SDK would read",
    ],
    ["a broken credentials file", "\xef\xbb\xbf[default]\n", "credentials", "credentials:1 begins with a byte order"],
  ])("with %s is refused whole by a client, so nothing is written", async (_name, odd, which, message) => {
    writeFileSync(join(folder, which), odd, "latin1");
    for (const dryRun of [true, false]) {
      const { code, out, err } = await ask({ write: true, dryRun: dryRun || undefined });
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(message);
      expect(err).toContain("nothing was written");
      expect(err).not.toContain("try:");
    }
    expect(readFileSync(join(folder, which), "latin1")).toBe(odd);
    expect(readdirSync(folder).sort()).toEqual(which === "config" ? ["config", "credentials"] : ["credentials"]);
  });

  test("that is refused gives our block back nevertheless, and its lines are told as they are", async () => {
    await ask({ write: true });
    const ours = text();
    const lines = ours.split("\n").length;
    writeFileSync(config, `${ours}[profile a\n`, "latin1");
    const again = await ask({ write: true, style: "login" });
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining(`config:${lines} is neither a section`) });
    expect(await ask({ undo: true })).toMatchObject({ code: 0 });
    expect(text()).toBe("[profile a\n");
  });

  test("that was not there is gone again, with the folder made for nobody else", async () => {
    const file = join(folder, "new/folder/config");
    expect((await ask({ write: true, file })).code).toBe(0);
    expect(statSync(join(folder, "new")).mode & 0o777).toBe(0o700);
    expect((await ask({ undo: true, file })).code).toBe(0);
    expect(readdirSync(join(folder, "new/folder"))).toEqual([]);
  });

  test("a first copy is never replaced by a later one", async () => {
    writeFileSync(config, "[default]\n");
    await ask({ write: true });
    writeFileSync(config, "[default]\nregion = mine\n");
    await ask({ write: true });
    expect(readFileSync(`${config}.rolecall-backup`, "utf8")).toBe("[default]\n");
    expect(readFileSync(`${config}.rolecall-backup-2`, "utf8")).toBe("[default]\nregion = mine\n");
  });

  test("a link stays one, and what it names is written", async () => {
    mkdirSync(join(folder, "dotfiles"));
    writeFileSync(join(folder, "dotfiles/aws"), "[default]\n");
    symlinkSync("dotfiles/aws", config);
    expect((await ask({ write: true })).code).toBe(0);
    expect(lstatSync(config).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "dotfiles/aws"), "utf8")).toContain("[profile testing]");
    await ask({ undo: true });
    expect(readFileSync(join(folder, "dotfiles/aws"), "utf8")).toBe("[default]\n");
  });

  test("two and more at once leave one whole block", async () => {
    writeFileSync(config, ODD, "latin1");
    const styles = ["session", "login", "session", "login"];
    const ran = await Promise.all(
      styles.map((style) => rolecall(root, env, "profiles", PERSON, "--write", "--style", style)),
    );
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(text().match(/>>> rolecall/g)).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(["config", "config.rolecall-backup", "credentials"]);
    await ask({ undo: true });
    expect(text()).toBe(ODD);
  });

  test("what a killed run has left is no hindrance, and does not stay", async () => {
    writeFileSync(config, ODD, "latin1");
    writeFileSync(join(folder, ".config.rolecall-draft-999999"), "half a fi");
    // No process has this number: the lock's owner is gone.
    writeFileSync(`${config}.rolecall-lock`, "4194305");
    expect((await ask({ write: true })).code).toBe(0);
    await ask({ undo: true });
    expect(text()).toBe(ODD);
    expect(readdirSync(folder).sort()).toEqual(["config", "credentials"]);
  });

  test("what another program writes meanwhile is not lost", async () => {
    writeFileSync(config, "[default]\n");
    const edit = () => {
      writeFileSync(config, "[default]\nregion = theirs\n");
      return { text: "[default]\nours\n", keep: false };
    };
    await expect(editConfigFile(config, edit)).rejects.toThrow("was changed by another program just now");
    expect(text()).toBe("[default]\nregion = theirs\n");
    expect(readdirSync(folder).sort()).toEqual(["config", "credentials"]);
  });

  test("a file of another user is refused", async () => {
    let file = "/etc/hosts";
    if (process.getuid?.() === 0) {
      file = config;
      writeFileSync(file, "[default]\n");
      chownSync(file, 12345, 12345);
    }
    const { code, err } = await ask({ write: true, file });
    expect([code, err]).toEqual([2, expect.stringContaining("belongs to another user")]);
  });

  test("a dry run shows and changes nothing", async () => {
    writeFileSync(config, "[default]\n");
    const shown = await ask({ write: true, dryRun: true });
    expect(shown).toMatchObject({ code: 1, out: expect.stringContaining("+ [profile testing]\n") });
    expect(text()).toBe("[default]\n");
    await ask({ write: true });
    expect(await ask({ write: true, dryRun: true })).toMatchObject({ code: 0, out: "" });
    expect(await ask({ undo: true, dryRun: true })).toMatchObject({ code: 1, out: expect.stringContaining("- # >>>") });
    expect(readdirSync(folder).sort()).toEqual(["config", "config.rolecall-backup", "credentials"]);
  });

  test.each<[string, () => void, Asked, string]>([
    [
      "a profile of theirs",
      () => writeFileSync(config, "\n[profile testing]\n"),
      {},
      'config:2: [profile testing] already defines a profile "testing"',
    ],
    [
      "one in the credentials file",
      () => writeFileSync(join(folder, "credentials"), "[production]\n"),
      {},
      "credentials:1: [production] already",
    ],
    [
      "the generated source of a style",
      () => {},
      { style: "aws-vault", mfaSerial: SERIAL },
      "credentials:4: [rolecall] already",
    ],
    ["a damaged block", () => writeFileSync(config, "# >>> rolecall: generated, do not edit\n"), {}, "does not end"],
    [
      "a damaged block, undone",
      () => writeFileSync(config, "# <<< rolecall\n"),
      { undo: true, write: undefined },
      "does not begin",
    ],
    ["UTF-16", () => writeFileSync(config, "\ufeff[default]\n", "utf16le"), {}, "line 1 of "],
    ["a NUL", () => writeFileSync(config, "[default]\n# \0\n"), {}, "has a NUL character, as UTF-16 does"],
    ["a folder", () => mkdirSync(config), {}, "is not a regular file"],
    ["a link to nothing", () => symlinkSync("nowhere", config), {}, "is a link to nothing"],
    ["a huge file", () => writeFileSync(config, "#".repeat(1_000_001)), {}, "has 1000001 bytes"],
    ["a folder that everybody may write to", () => chmodSync(folder, 0o777), {}, "everybody may write to"],
    ["a text style", () => {}, { style: "bookmarks" }, "is not an AWS config file"],
    ["a name that steers a terminal", () => {}, { file: "/tmp/\x1b[2J" }, "cannot be the name of a config file"],
  ])("%s is refused, and nothing is written", async (_name, prepare, options, message) => {
    prepare();
    const was = () => readdirSync(folder).map((name) => [name, lstatSync(join(folder, name)).mtimeMs]);
    const then = was();
    const { code, out, err } = await ask({ write: true, ...options });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(was()).toEqual(then);
  });

  test("somebody else's profiles are not written over, also not another organization's", async () => {
    await ask({ write: true });
    const then = text();
    const other = await ask({ write: true, person: "senior.one@example.org" });
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining("has the profiles of another person") });
    writeFileSync(join(root, "other.yaml"), ROSTER.replace("organization: example", "organization: other"));
    expect((await ask({ write: true, roster: "other.yaml" })).code).toBe(2);
    expect(text()).toBe(then);
  });

  test("a home that no shell has put in is the person's", async () => {
    expect((await ask({ write: true, file: "~/.aws/other" })).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["credentials", "other"]);
  });

  test("--prefix is the cure for a clash", async () => {
    writeFileSync(config, "[profile testing]\n");
    expect((await ask({ write: true, prefix: "work-" })).code).toBe(0);
    expect(text()).toContain("[profile work-testing]\n");
    expect(text()).toContain(" credentials testing-operator ");
    expect(text()).toContain(`# anew: rolecall profiles ${PERSON} --prefix work- --write; away:`);
  });

  test("who may take no role has no block", async () => {
    writeFileSync(config, "[default]\n");
    await ask({ write: true });
    writeFileSync(join(root, "none.yaml"), ROSTER.replace(/teams: \[developers\]/, "teams: []"));
    const { code, err } = await ask({ write: true, roster: "none.yaml" });
    expect([code, text()]).toEqual([0, "[default]\n"]);
    expect(err).toContain("may take no role today");
  });
});

describe("who, and which device", () => {
  test("a person is given, or named in the environment; nobody is guessed", async () => {
    const options = { style: "session", prefix: "", json: false } as const;
    const unnamed = await executed(root, profiles, options, undefined);
    expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining("set ROLECALL_PERSON") });
    process.env["ROLECALL_PERSON"] = PERSON;
    expect((await executed(root, profiles, options, undefined)).code).toBe(0);
    expect((await ask({ person: "dev.on@example.org" })).err).toContain(`did you mean "${PERSON}"?`);
  });

  test("a device is given, as before, or asked for; never made up", async () => {
    expect((await ask({ style: "cli" })).err).toContain("which does not follow from your name: give --mfa-serial");
    expect((await ask({ style: "cli", isTty: true })).code).toBe(2);
    expect((await ask({ style: "cli", isTty: true, typed: "phone" })).err).toContain("is not an MFA device");
    expect((await ask({ style: "cli", isTty: true, typed: ` ${SERIAL} ` })).out).toContain(`mfa_serial = ${SERIAL}\n`);
    await ask({ style: "cli", mfaSerial: SERIAL, write: true });
    expect(await ask({ style: "cli" })).toMatchObject({ code: 0, err: expect.stringContaining("as before") });
    expect((await ask({ style: "cli", person: "senior.one@example.org" })).code).toBe(2);
  });

  test("the same as data", async () => {
    const data = JSON.parse((await ask({ json: true })).out);
    expect(data).toMatchObject({ schemaVersion: 2, command: "profiles", person: PERSON, style: "session" });
    expect(data.profiles).toContainEqual(
      expect.objectContaining({
        name: "testing",
        short: true,
        roleArn: "arn:aws:iam::222222222222:role/rolecall/operator",
        consoleUrl: expect.stringContaining("account=222222222222&roleName=rolecall/operator"),
      }),
    );
    const written = JSON.parse((await ask({ json: true, write: true })).out);
    expect(written).toMatchObject({ written: true, file: config, changed: true });
    expect(JSON.parse((await ask({ json: true, undo: true })).out)).toMatchObject({ undo: true, changed: true });
  });
});
