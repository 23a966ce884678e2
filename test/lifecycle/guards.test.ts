import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { sampleRoster } from "../support/sample-roster";
import { appOf, compiled } from "../support/synth";
import { expectCode, HOME, type Ran, run } from "../support/run-command";

/* What stops a change from landing in the wrong account, with the real provider. */
jest.setTimeout(180_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-guards-"));
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

interface Json {
  provider: { aws: { alias?: string; assume_role?: { role_arn: string }[] }[] };
  resource: Record<string, Record<string, { provider?: string }>>;
}

/** Plans the testing stack after `change` was made to its JSON. */
async function planChanged(name: string, change: (stack: Json) => void): Promise<Ran> {
  const out = join(root, name);
  appOf(compiled(sampleRoster()), out).synth();
  const cwd = join(out, "stacks/testing");
  const file = join(cwd, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as Json;
  change(json);
  writeFileSync(file, JSON.stringify(json));
  mkdirSync(join(root, "state"), { recursive: true });
  writeFileSync(join(cwd, ".terraform.lock.hcl"), readFileSync(join(HOME, "terraform.lock.hcl")));
  expectCode(await run("terraform", ["init", "-input=false", "-no-color"], { cwd, env: sandbox.env }), 0);
  return run("terraform", ["plan", "-input=false", "-no-color"], { cwd, env: sandbox.env });
}

test("unchanged, the stack plans", async () => {
  expect(expectCode(await planChanged("unchanged", () => undefined), 0).stdout).toContain("to add");
});

test("a deploy role of another account is refused at plan", async () => {
  const { code, stderr } = await planChanged("wrong-account", ({ provider }) => {
    for (const { assume_role } of provider.aws) {
      for (const role of assume_role ?? []) role.role_arn = role.role_arn.replace("222222222222", "333333333333");
    }
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/account ID not allowed: 333333333333/i);
});

test("a resource that lost its provider meets the guard, not the account of whoever runs Terraform", async () => {
  const { code, stderr } = await planChanged("forgotten", ({ resource }) => {
    for (const role of Object.values(resource["aws_iam_role"] ?? {})) delete role.provider;
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/account ID not allowed: 123456789012/i);
});
