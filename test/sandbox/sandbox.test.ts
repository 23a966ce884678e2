import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteUserCommand,
  GetRoleCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { EMULATOR_PACKAGE, findProviderMirror, findPython, inPath } from "../../modules/sandbox/discover";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { sandboxEnv, sandboxVariables, shellExports, UNSET } from "../../modules/sandbox/sandbox-env";
import { terraformConfig } from "../../modules/sandbox/terraform-config";
import { exists, until } from "../support/processes";
import { expectCode, rolecall, run } from "../support/run-command";

jest.setTimeout(120_000);

function folder(): string {
  return mkdtempSync(join(tmpdir(), "rolecall-sandbox-"));
}

describe("discovery", () => {
  test("a program is what can be run: no folder, and no file that cannot", () => {
    const [odd, bin] = [folder(), folder()];
    mkdirSync(join(odd, "aws"));
    writeFileSync(join(odd, "terraform"), "");
    for (const name of ["aws", "terraform"]) {
      writeFileSync(join(bin, name), "#!/bin/sh\n");
      chmodSync(join(bin, name), 0o755);
      expect(inPath(name, { PATH: `${odd}${delimiter}${bin}` })).toBe(join(bin, name));
    }
    expect(inPath("tofu", { PATH: bin })).toBeUndefined();
  });

  test("no Python with the emulator: the message says how to get it", () => {
    expect(findPython(folder(), { PATH: folder() })).toEqual({
      ok: false,
      cure: expect.stringContaining(EMULATOR_PACKAGE),
    });
  });

  test("a provider mirror is one that holds the provider; the variable comes first", () => {
    const [home, own] = [folder(), folder()];
    const provider = "registry.terraform.io/hashicorp/aws/5.100.0";
    mkdirSync(join(home, ".terraform.d/plugins", provider), { recursive: true });
    mkdirSync(join(own, provider), { recursive: true });
    expect(findProviderMirror({ HOME: home })).toBe(join(home, ".terraform.d/plugins"));
    expect(findProviderMirror({ HOME: home, ROLECALL_PROVIDER_MIRROR: own })).toBe(own);
    expect(findProviderMirror({ HOME: home, ROLECALL_PROVIDER_MIRROR: folder() })).toBe(
      join(home, ".terraform.d/plugins"),
    );
  });

  test("without a mirror Terraform asks the registry", () => {
    expect(terraformConfig(undefined)).toBe("disable_checkpoint = true\n");
    expect(terraformConfig('/a "b"')).toContain('path    = "/a \\"b\\""');
  });
});

describe("the environment", () => {
  test("nothing that reaches a real account is left in it", () => {
    const own = {
      AWS_PROFILE: "prod",
      AWS_SESSION_TOKEN: "x",
      AWS_ACCESS_KEY_ID: "AKIAREAL",
      MOTO_ACCOUNT_ID: "1",
      PATH: "/bin",
    };
    const env = sandboxEnv(own, sandboxVariables("/project", "http://127.0.0.1:1"));
    for (const name of UNSET) expect(env[name]).toBeUndefined();
    expect(env).toMatchObject({
      AWS_ACCESS_KEY_ID: "test",
      AWS_CONFIG_FILE: "/project/.rolecall/sandbox/aws-config",
      PATH: "/bin",
    });
  });

  test("as shell lines it survives every character", async () => {
    const nasty = 'a\'b "c" $HOME `id` \\ \n;d';
    const { stdout } = await run("sh", ["-c", `${shellExports({ NASTY: nasty })} printf %s "$NASTY"`], {
      cwd: "/",
      env: { PATH: process.env["PATH"] },
    });
    expect(stdout).toBe(nasty);
  });
});

describe("the emulator", () => {
  const root = folder();
  let sandbox: Sandbox;
  let iam: IAMClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
    iam = new IAMClient({
      endpoint: sandbox.url,
      region: "eu-central-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });

  afterAll(async () => {
    await sandbox?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test("answers what force_destroy asks", async () => {
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    expect(
      (await iam.send(new ListServiceSpecificCredentialsCommand({ UserName: "ann" }))).ServiceSpecificCredentials ?? [],
    ).toEqual([]);
    await iam.send(new DeleteUserCommand({ UserName: "ann" }));
  });

  test("keeps a role's description when its session length changes, and the other way round", async () => {
    await iam.send(new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: "{}", Description: "first" }));
    await iam.send(new UpdateRoleCommand({ RoleName: "r", MaxSessionDuration: 7200 }));
    expect((await iam.send(new GetRoleCommand({ RoleName: "r" }))).Role).toMatchObject({
      Description: "first",
      MaxSessionDuration: 7200,
    });
    await iam.send(new UpdateRoleCommand({ RoleName: "r", Description: "second" }));
    expect((await iam.send(new GetRoleCommand({ RoleName: "r" }))).Role).toMatchObject({
      Description: "second",
      MaxSessionDuration: 7200,
    });
  });

  test("listens on loopback alone", () => {
    expect(new URL(sandbox.url).hostname).toBe("127.0.0.1");
  });

  test("ends when the process that started it is killed", async () => {
    const script = join(root, "parent.js");
    const bundle = join(root, "bundle.js");
    const { buildSync } = await import("esbuild");
    buildSync({
      stdin: {
        contents: `import { startSandbox } from "./modules/sandbox/sandbox"; startSandbox({ root: process.argv[2], env: process.env, log() {} }).then((s) => { console.log(s.pid); setInterval(() => {}, 1000); });`,
        resolveDir: join(__dirname, "../.."),
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      outfile: bundle,
      define: { __dirname: JSON.stringify(join(__dirname, "../../modules/sandbox")) },
    });
    writeFileSync(script, `require(${JSON.stringify(bundle)})`);
    const parent = spawn(process.execPath, [script, join(root, "inner")], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    parent.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await until(() => /\d+\n/.test(printed), "the emulator");
    const pid = Number(printed);
    expect(exists(pid)).toBe(true);
    parent.kill("SIGKILL");
    await until(() => !exists(pid), "the emulator to end", 10);
  });
});

describe("rolecall sandbox", () => {
  const root = folder();
  const env = process.env;
  afterAll(async () => {
    await rolecall(root, env, "sandbox", "stop");
    rmSync(root, { recursive: true, force: true });
  });

  test("start twice at once gives one sandbox; env, reset and stop follow it", async () => {
    const [a, b] = await Promise.all([
      rolecall(root, env, "sandbox", "start", "--json"),
      rolecall(root, env, "sandbox", "start", "--json"),
    ]);
    const [first, second] = [a, b].map((ran) => JSON.parse(expectCode(ran, 0).stdout) as { url: string; pid: number });
    expect(first).toEqual(second);
    const exported = expectCode(await rolecall(root, env, "sandbox", "env"), 0).stdout;
    expect(exported).toContain(`export AWS_ENDPOINT_URL='${first?.url}'`);
    mkdirSync(join(root, ".rolecall/sandbox/state"), { recursive: true });
    expectCode(await rolecall(root, env, "sandbox", "reset"), 0);
    expect(existsSync(join(root, ".rolecall/sandbox/state"))).toBe(false);
    expectCode(await rolecall(root, env, "sandbox", "stop"), 0);
    expect(exists(first?.pid ?? 0)).toBe(false);
    expect(expectCode(await rolecall(root, env, "sandbox", "env"), 2).stderr).toContain("rolecall sandbox start");
  });

  test("a record whose process is somebody else's kills nobody", async () => {
    const bystander = spawn("sleep", ["60"]);
    const record = join(root, ".rolecall/sandbox/sandbox.json");
    writeFileSync(record, JSON.stringify({ url: "http://127.0.0.1:9", pid: bystander.pid, variables: {} }));
    expect(expectCode(await rolecall(root, env, "sandbox", "stop"), 0).stdout).toContain("no sandbox was running");
    expect(exists(bystander.pid ?? 0)).toBe(true);
    bystander.kill();
    writeFileSync(record, "{ half");
    expectCode(await rolecall(root, env, "sandbox", "stop"), 0);
    expect(existsSync(record)).toBe(false);
  });

  test("an unknown action names the nearest", async () => {
    expect(expectCode(await rolecall(root, env, "sandbox", "strat"), 2).stderr).toContain('did you mean "start"?');
  });
});
