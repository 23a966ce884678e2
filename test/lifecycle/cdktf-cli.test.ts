import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAccount } from "../../modules/live/read-account";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { expectCode, HOME, type Ran, run } from "../support/run-command";
import { BEFORE, GROUPED } from "./rosters";

jest.setTimeout(300_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-cdktf-"));
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
  writeFileSync(join(root, "roster.yaml"), BEFORE);
  const app = `node ${join(HOME, "bin/run.js")} main.ts`;
  writeFileSync(
    join(root, "cdktf.json"),
    JSON.stringify({ language: "typescript", app, projectId: "test", sendCrashReports: "false" }),
  );
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

async function cdktf(...args: string[]): Promise<Ran> {
  return expectCode(await run(join(HOME, "node_modules/.bin/cdktf"), args, { cwd: root, env: sandbox.env }), 0);
}

test("every cdktf command works on one stack: list, synth, plan, diff, apply, deploy, output, destroy", async () => {
  const { stdout } = await cdktf("list");
  for (const stack of ["user", "testing", "production"]) expect(stdout).toContain(stack);
  await cdktf("synth");
  expect((await cdktf("plan", "testing")).stdout).toMatch(/16 to add/);
  await cdktf("apply", "testing", "--auto-approve");
  expect((await cdktf("diff", "testing")).stdout).toMatch(/No changes|0 Stacks? deploying|infrastructure matches/i);
  await cdktf("deploy", "testing", "--auto-approve");
  await cdktf("output", "testing");
  await cdktf("destroy", "testing", "--auto-approve");
  expect((await cdktf("plan", "testing")).stdout).toMatch(/16 to add/);
});

test("two accounts in one stack: two aliases, one apply, nothing left to change", async () => {
  writeFileSync(join(root, "roster.yaml"), GROUPED);
  await cdktf("apply", "work", "--auto-approve");
  expect((await cdktf("plan", "work")).stdout).toMatch(/No changes|infrastructure matches/i);
  for (const accountId of ["222222222222", "333333333333"]) {
    const { roles } = await readAccount({
      accountId,
      deployRoleArn: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`,
      region: "eu-central-1",
      endpoint: sandbox.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    expect(roles.map(({ name }) => name)).toEqual(["administrator", "auditor", "operator", "spectator"]);
  }
});
