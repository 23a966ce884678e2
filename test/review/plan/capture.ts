/*
 * Makes the plans in `captured/` anew: real Terraform and a real provider against the local AWS emulator, for every kind of
 * change. Run by hand, two to four minutes: `node bin/run.js test/review/plan/capture.ts [folder]`.
 * Ids and dates in the files are the emulator's and differ in every run; the tests read none of them.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import {
  AttachRolePolicyCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { startSandbox, type Sandbox } from "../../../modules/sandbox/sandbox";
import { SMALL } from "../../lifecycle/rosters";
import { expectCode, HOME, run } from "../../support/run-command";
import { iamClient } from "../../support/iam-client";
import { CHANGED, WITHOUT_TWO } from "./captured-rosters";

type Stack = "user" | "testing";
type Resource = Record<string, unknown>;

interface StackJson {
  readonly resource: Record<string, Record<string, Resource>>;
  removed?: unknown;
  moved?: unknown;
  import?: unknown;
}

const target = resolve(process.argv[2] ?? join(HOME, "test/review/plan/captured"));
const root = mkdtempSync(join(tmpdir(), "rolecall-capture-"));
let sandbox: Sandbox;

function folder(stack: Stack): string {
  return join(root, ".rolecall/sandbox/cdktf.out/stacks", stack);
}

async function synthesize(roster: string): Promise<void> {
  writeFileSync(join(root, "roster.yaml"), roster);
  const env = { ...sandbox.env, CDKTF_OUTDIR: join(root, ".rolecall/sandbox/cdktf.out") };
  expectCode(await run(process.execPath, [join(HOME, "bin/run.js"), "main.ts"], { cwd: root, env }), 0);
}

function stackOf(stack: Stack): StackJson {
  return JSON.parse(readFileSync(join(folder(stack), "cdk.tf.json"), "utf8")) as StackJson;
}

function edit(stack: Stack, change: (json: StackJson) => void): void {
  const json = stackOf(stack);
  change(json);
  writeFileSync(join(folder(stack), "cdk.tf.json"), JSON.stringify(json));
}

/** Takes the resource out, also from the lists of what others wait for, where a resource that is gone is an error. */
function takeOut(json: StackJson, type: string, name: string): Resource {
  const taken = json.resource[type]?.[name] ?? {};
  delete json.resource[type]?.[name];
  for (const resources of Object.values(json.resource))
    for (const resource of Object.values(resources)) {
      const waits = resource["depends_on"];
      if (Array.isArray(waits)) resource["depends_on"] = waits.filter((each) => each !== `${type}.${name}`);
    }
  return taken;
}

async function terraform(stack: Stack, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run("terraform", args, { cwd: folder(stack), env: sandbox.env });
  if (code !== 0 && !args.includes("-detailed-exitcode"))
    throw new Error(`${args.join(" ")}\n${stderr.slice(0, 2000)}`);
  return stdout;
}

async function capture(name: string, stack: Stack, ...args: string[]): Promise<void> {
  await terraform(stack, "init", "-input=false");
  await terraform(stack, "plan", "-input=false", "-detailed-exitcode", "-out=shown.tfplan", ...args);
  const shown = await terraform(stack, "show", "-json", "shown.tfplan");
  if (shown.includes(root)) throw new Error(`${name} names a path of this machine`);
  const bytes = gzipSync(shown, { level: 9 });
  writeFileSync(join(target, `${name}.json.gz`), bytes);
  process.stderr.write(`${name}: ${shown.length} characters, ${bytes.length} bytes\n`);
}

async function apply(stack: Stack): Promise<void> {
  await terraform(stack, "apply", "-input=false", "shown.tfplan");
}

/** The name of the resource of a type whose name argument begins so. */
function named(json: StackJson, type: string, begin: string): string {
  const found = Object.entries(json.resource[type] ?? {}).find(([, { name }]) => String(name).startsWith(begin));
  if (!found) throw new Error(`no ${type} ${begin}`);
  return found[0];
}

async function main(): Promise<void> {
  mkdirSync(target, { recursive: true });
  sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
  try {
    await synthesize(SMALL);
    for (const stack of ["user", "testing"] as const) {
      await capture(`create-${stack}`, stack);
      await apply(stack);
      await capture(`unchanged-${stack}`, stack);
    }
    await captureChanges();
    await captureRenames();
    await captureTroubles();
    await captureDrift();
  } finally {
    await sandbox.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

async function captureChanges(): Promise<void> {
  await synthesize(CHANGED);
  await capture("update-user", "user");
  await capture("update-testing", "testing");
  await synthesize(WITHOUT_TWO);
  await capture("delete-user", "user");
  await capture("destroy-testing", "testing", "-destroy");
  await synthesize(SMALL);
  const user = named(stackOf("user"), "aws_iam_user", "senior.two");
  const role = named(stackOf("testing"), "aws_iam_role", "operator");
  await capture("replace-user", "user", `-replace=aws_iam_user.${user}`);
  await capture("replace-testing", "testing", `-replace=aws_iam_role.${role}`);
}

async function captureRenames(): Promise<void> {
  edit("testing", (json) => {
    const name = named(json, "aws_iam_role", "spectator");
    takeOut(json, "aws_iam_role", name);
    json.removed = [{ from: `aws_iam_role.${name}`, lifecycle: { destroy: false } }];
  });
  await capture("forget-testing", "testing");
  await synthesize(SMALL);
  edit("user", (json) => {
    const name = named(json, "aws_iam_user", "senior.two");
    const moved = takeOut(json, "aws_iam_user", name);
    json.resource["aws_iam_user"] = { ...json.resource["aws_iam_user"], moved };
    json.moved = [{ from: `aws_iam_user.${name}`, to: "aws_iam_user.moved" }];
  });
  await capture("moved-user", "user");
  const iam = await iamClient(sandbox.url, "111111111111");
  await iam.send(new CreateUserCommand({ UserName: "new.one@example.org" }));
  await synthesize(CHANGED);
  edit("user", (json) => {
    json.import = [{ to: `aws_iam_user.${named(json, "aws_iam_user", "new.one")}`, id: "new.one@example.org" }];
  });
  await capture("import-user", "user");
}

async function captureTroubles(): Promise<void> {
  await synthesize(SMALL);
  edit("testing", (json) => {
    const condition = `\${aws_iam_role.${named(json, "aws_iam_role", "spectator")}.name == "other"}`;
    const precondition = [{ condition, error_message: "the role has another name" }];
    json.resource["terraform_data"] = { failing: { lifecycle: { precondition } } };
  });
  await capture("errored-testing", "testing");
  await synthesize(CHANGED);
  const role = named(stackOf("testing"), "aws_iam_role", "spectator");
  await capture("targeted-testing", "testing", `-target=aws_iam_role.${role}`);
  await synthesize(SMALL);
  edit("testing", (json) => {
    json.resource["terraform_data"] = { outside: { input: "outside IAM" } };
    const spectator = json.resource["aws_iam_role"]?.[named(json, "aws_iam_role", "spectator")] ?? {};
    spectator["assume_role_policy"] = String(spectator["assume_role_policy"]).replace(
      "111111111111",
      '${terraform_data.outside.id == "" ? "1" : "111111111111"}',
    );
  });
  await capture("computed-testing", "testing");
}

async function captureDrift(): Promise<void> {
  const people = await iamClient(sandbox.url, "111111111111");
  const testing = await iamClient(sandbox.url, "222222222222");
  const open = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
  await testing.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: "spectator",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [open] }),
    }),
  );
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await testing.send(new AttachRolePolicyCommand({ RoleName: "spectator", PolicyArn }));
  await testing.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "operator" }));
  const senior = { UserName: "senior.one@example.org" };
  const extra = { Effect: "Allow", Action: "*", Resource: "*" };
  await people.send(
    new PutUserPolicyCommand({
      ...senior,
      PolicyName: "extra",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [extra] }),
    }),
  );
  await people.send(new RemoveUserFromGroupCommand({ UserName: "senior.two@example.org", GroupName: "team-seniors" }));
  await synthesize(SMALL);
  await capture("drift-user", "user");
  await capture("drift-testing", "testing");
  await capture("refresh-only-testing", "testing", "-refresh-only");
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
