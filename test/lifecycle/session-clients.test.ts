import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { type SomePerson, somePerson } from "../cli/session/person";
import { iamClient } from "../support/iam-client";
import { expectCode, HOME, run } from "../support/run-command";

jest.setTimeout(180_000);

/** Real clients with our credential process, against the emulator: that takes any MFA code, and knows users, keys and devices. */
let sandbox: Sandbox;
let person: SomePerson;
let env: NodeJS.ProcessEnv;

const USER = "dev.one@example.org";

beforeAll(async () => {
  sandbox = await startSandbox({ root: resolve(__dirname, "../.."), env: process.env, log: () => {} });
  person = somePerson(sandbox.url);
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...rest } = { ...sandbox.env, ...person.env };
  // The sandbox's own, empty files would hide the person's.
  env = { ...rest, AWS_CONFIG_FILE: undefined, AWS_SHARED_CREDENTIALS_FILE: undefined };
  writeFileSync(join(person.home, ".aws/credentials"), await enrolled(sandbox.url));
  const command = `${process.execPath} ${join(HOME, "bin/rolecall.js")} credentials`;
  for (const profile of ["testing-operator", "production"])
    appendFileSync(
      join(person.home, ".aws/config"),
      `[profile ${profile}]\nregion = eu-central-1\ncredential_process = ${command} ${profile} --roster ${person.roster} --person ${USER}\n`,
    );
  appendFileSync(join(person.home, ".aws/config"), "[default]\nmfa_process = echo 123456\n");
});

afterAll(async () => {
  person?.leave();
  await sandbox?.stop();
});

/** A user of the emulator with keys and a device; the text of their credentials file. */
async function enrolled(url: string): Promise<string> {
  const iam = await iamClient(url, "111111111111");
  await iam.send(new CreateUserCommand({ UserName: USER }));
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: USER }));
  const SerialNumber = VirtualMFADevice?.SerialNumber ?? "";
  const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
  await iam.send(new EnableMFADeviceCommand({ UserName: USER, SerialNumber, ...codes }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: USER }));
  return `[default]\naws_access_key_id = ${AccessKey?.AccessKeyId}\naws_secret_access_key = ${AccessKey?.SecretAccessKey}\n`;
}

const OPERATOR = `arn:aws:sts::222222222222:assumed-role/operator/${USER}`;
const SPECTATOR = `arn:aws:sts::333333333333:assumed-role/spectator/${USER}`;

test("the aws client", async () => {
  const whoAmI = async (profile: string) => {
    const args = ["sts", "get-caller-identity", "--query", "Arn", "--output", "text", "--profile", profile];
    return expectCode(await run("aws", args, { cwd: person.home, env }), 0).stdout.trim();
  };
  expect([await whoAmI("testing-operator"), await whoAmI("production")]).toEqual([OPERATOR, SPECTATOR]);
});

test("the aws client says what is wrong in our words", async () => {
  const args = ["sts", "get-caller-identity", "--profile", "testing-operator"];
  const ran = await run("aws", args, { cwd: person.home, env: { ...env, ROLECALL_SOURCE_PROFILE: "nobody" } });
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toContain('there is no profile "nobody" with your own keys');
});

test("the SDK for JavaScript, through its own provider chain", async () => {
  const script = `const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
    new STSClient({}).send(new GetCallerIdentityCommand({})).then(({ Arn }) => console.log(Arn));`;
  const ran = await run(process.execPath, ["-e", script], { cwd: HOME, env: { ...env, AWS_PROFILE: "production" } });
  expect(expectCode(ran, 0).stdout.trim()).toBe(SPECTATOR);
});

test("Terraform", async () => {
  const folder = join(person.home, "terraform");
  mkdirSync(folder);
  const main = `
    provider "aws" { profile = "testing-operator" }
    data "aws_caller_identity" "current" {}
    output "arn" { value = data.aws_caller_identity.current.arn }`;
  writeFileSync(join(folder, "main.tf"), main);
  const terraform = async (...args: string[]) => expectCode(await run("terraform", args, { cwd: folder, env }), 0);
  await terraform("init", "-input=false", "-no-color");
  expect((await terraform("plan", "-input=false", "-no-color")).stdout).toContain(`arn = "${OPERATOR}"`);
  rmSync(folder, { recursive: true });
});

test("rolecall exec runs a client as the role", async () => {
  const script = `const { STSClient, GetCallerIdentityCommand } = require("${join(HOME, "node_modules/@aws-sdk/client-sts")}");
    new STSClient({}).send(new GetCallerIdentityCommand({})).then(({ Arn }) => console.log(Arn));`;
  const args = [join(HOME, "bin/rolecall.js"), "exec", "testing", "operator", "--", process.execPath, "-e", script];
  const ran = await run(process.execPath, args, { cwd: person.home, env: { ...env, AWS_PROFILE: "production" } });
  expect(expectCode(ran, 0).stdout.trim()).toBe(OPERATOR);
});
