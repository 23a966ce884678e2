import { AttachRolePolicyCommand } from "@aws-sdk/client-iam";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { iamClient } from "../support/iam-client";
import { expectCode, type Ran, run } from "../support/run-command";
import { linkCheckout } from "../workflows/checkout";

/* The scripts that the workflows call, in their order, on the sandbox. */
jest.setTimeout(300_000);

const ROSTER = `
organization: example
region: eu-central-1
userAccount: { id: "111111111111", alias: example-users, stack: all }
accounts:
  testing: { id: "222222222222", environment: testing, stack: all }
teams:
  seniors: { testing: administrator }
people:
  senior.one@example.org: { teams: [seniors] }
`;

const root = mkdtempSync(join(tmpdir(), "rolecall-ci-scripts-"));
const summary = join(root, "summary.md");
const output = join(root, "output");
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
  linkCheckout(root, ROSTER);
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

async function script(name: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const ci = { CI: "true", GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output };
  return run("sh", [`.github/scripts/${name}.sh`], { cwd: root, env: { ...sandbox.env, ...ci, ...env } });
}

/** A role the emulator need not have; AWS would ask for one in each account. */
const READ_ROLE = "Reader";

test("check.sh holds for a roster that holds", async () => {
  expectCode(await script("check"), 0);
});

test("shown with a role that reads, applied as shown, and drift the next morning", async () => {
  expectCode(await script("plan", { OUT: join(root, "merged"), READ_ROLE }), 0);
  expect(readFileSync(output, "utf8")).toBe("changes=true\n");
  expect(readFileSync(summary, "utf8")).toMatch(
    /^## To be applied, once somebody approves\n[\s\S]*gains administrator/,
  );

  const applied = await script("apply", { OUT: join(root, "approved"), SHOWN: join(root, "merged/shown") });
  expect(expectCode(applied, 0).stdout).toContain("proven: ");

  const iam = await iamClient(sandbox.url, "222222222222");
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new AttachRolePolicyCommand({ RoleName: "spectator", PolicyArn }));
  rmSync(summary);
  const morning = await script("plan", { OUT: join(root, "morning"), READ_ROLE, DRIFT: "true" });
  expect(expectCode(morning, 1).stderr).toContain("DRIFT");
  expect(readFileSync(summary, "utf8")).toMatch(/^## DRIFT: AWS is not what the roster says\n[\s\S]*spectator/);
});
