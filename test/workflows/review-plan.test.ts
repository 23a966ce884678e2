import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMALL } from "../lifecycle/rosters";
import { capturedPlan } from "../support/captured-plan";
import { HOME } from "../support/run-command";

const root = mkdtempSync(join(tmpdir(), "rolecall-review-plan-"));
const SCRIPT = join(HOME, ".github/scripts/review-plan.sh");

beforeAll(() => writeFileSync(join(root, "roster.yaml"), SMALL));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The plans were made in the sandbox, whose differences pass only where it says so. */
const SANDBOX = { ROLECALL_SANDBOX: "1" };
const reviewed = (input: Buffer | string, path = process.env["PATH"], more: NodeJS.ProcessEnv = SANDBOX) =>
  spawnSync("/bin/sh", [SCRIPT, root], { cwd: tmpdir(), env: { PATH: path, ...more }, input, encoding: "utf8" });

test("what gives access passes with its review, since a person approves it", () => {
  const { status, stdout } = reviewed(capturedPlan("create-testing"));
  expect(stdout).toContain("role `administrator` is created");
  expect(status).toBe(0);
});

test("a real run with the sandbox's settings stops the engine", () => {
  const { status, stdout } = reviewed(capturedPlan("create-testing"), process.env["PATH"], {});
  expect(stdout).toContain("max_retries");
  expect(status).toBe(2);
});

test.each([
  ["a plan that broke off", () => capturedPlan("errored-testing")],
  ["half of a plan", () => capturedPlan("create-testing").subarray(0, 1_000)],
  ["nothing, as of a terraform that failed", () => ""],
])("what cannot be told stops the engine: %s", (_name, input) => {
  expect(reviewed(input()).status).toBe(2);
});

test("a program that is missing, or that crashes, stops the engine", () => {
  const bin = mkdtempSync(join(root, "bin-"));
  for (const [name, body] of [
    ["dirname", `echo ${join(HOME, ".github/scripts")}`],
    ["mktemp", `/bin/mkdir ${bin}/work; echo ${bin}/work`],
    ["rm", "exit 0"],
  ] as const)
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  expect(reviewed(capturedPlan("create-testing"), bin).status).toBe(2);
  writeFileSync(join(bin, "node"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  rmSync(join(bin, "work"), { recursive: true });
  expect(reviewed(capturedPlan("create-testing"), bin).status).toBe(2);
});
