import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { descendants, exists, until } from "../support/processes";
import { expectCode, HOME, type Ran, rolecall, run } from "../support/run-command";
import { SMALL, SMALL_USER_RESOURCES } from "./rosters";

/* What goes wrong in the middle of an apply: the next run converges, or says clearly what to do; no child is left behind. */
jest.setTimeout(300_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-faults-"));
const state = join(root, ".rolecall/sandbox/state/user.tfstate");
let sandbox: Sandbox;

async function fresh(): Promise<void> {
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
  writeFileSync(join(root, "roster.yaml"), SMALL);
}

beforeEach(fresh);

afterAll(async () => {
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Resources the state really holds: Terraform also writes empty entries for what it is about to make. */
function resourcesInState(): number {
  if (!existsSync(state)) return 0;
  try {
    const { resources } = JSON.parse(readFileSync(state, "utf8")) as { resources: { instances: unknown[] }[] };
    return resources.filter(({ instances }) => instances.length > 0).length;
  } catch {
    return 0;
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
}

function start(...args: string[]): Running {
  const child = spawn(process.execPath, [join(HOME, "bin/rolecall.js"), ...args], {
    cwd: root,
    env: sandbox.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ran>((done) => child.on("close", (code) => done({ code, stdout, stderr })));
  return { child, ended };
}

function terraforms(running: Running): readonly number[] {
  return descendants(running.child.pid ?? -1)
    .filter(({ name }) => /terraform/.test(name))
    .map(({ pid }) => pid);
}

/** Applies the user stack again, which also takes over what exists and is not in the state; then nothing is left to do. */
async function converges(): Promise<void> {
  expectCode(await rolecall(root, sandbox.env, "apply", "user", "--auto-approve"), 0);
  expectCode(await rolecall(root, sandbox.env, "plan", "user"), 0);
}

test.each([1, 8])("terraform killed outright with %i resources in state", async (count) => {
  const running = start("apply", "user", "--auto-approve");
  await until(() => resourcesInState() >= count, `${count} resources in state`);
  const pids = terraforms(running);
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
  const { code } = await running.ended;
  if (pids.length > 0 && resourcesInState() < SMALL_USER_RESOURCES) expect(code).toBe(2);
  await until(() => pids.every((pid) => !exists(pid)), "the killed processes to be gone");
  await converges();
});

test("Ctrl-C in the middle: terraform finishes what it began, nobody is left, the next run converges", async () => {
  const running = start("apply", "user", "--auto-approve");
  await until(() => resourcesInState() >= 2, "the first resources");
  const pids = terraforms(running);
  running.child.kill("SIGINT");
  const { code } = await running.ended;
  expect(code).not.toBe(null);
  await until(() => pids.every((pid) => !exists(pid)), "terraform to end");
  await converges();
});

test("what a cut-off apply made and could not note is taken over by the next, and shown by plan until then", async () => {
  expectCode(await rolecall(root, sandbox.env, "apply", "user", "--auto-approve"), 0);
  const cwd = join(root, ".rolecall/sandbox/cdktf.out/stacks/user");
  const listed = await run("terraform", ["state", "list"], { cwd, env: sandbox.env });
  const lost = listed.stdout.split("\n").filter((address) => /^aws_iam_(group|user)\./.test(address));
  expect(lost.length).toBeGreaterThan(3);
  expectCode(await run("terraform", ["state", "rm", ...lost], { cwd, env: sandbox.env }), 0);
  writeFileSync(join(cwd, "unfinished.json"), JSON.stringify([...lost, "aws_iam_group.never-made"]));

  const planned = expectCode(await rolecall(root, sandbox.env, "plan", "user"), 1);
  expect(planned.stderr).toContain("rolecall apply will check whether it created");
  const applied = expectCode(await rolecall(root, sandbox.env, "apply", "user", "--auto-approve"), 0);
  for (const address of lost) expect(applied.stderr).toContain(`imported ${address}`);
  expect(existsSync(join(cwd, "unfinished.json"))).toBe(false);
  expectCode(await rolecall(root, sandbox.env, "plan", "user"), 0);
});

test("the emulator dies in the middle: the apply fails with a message, nothing of the state is lost", async () => {
  const running = start("apply", "user", "--auto-approve");
  await until(() => resourcesInState() >= 3, "the first resources");
  const before = resourcesInState();
  await sandbox.stop();
  const { code, stderr } = await running.ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/user/);
  expect(resourcesInState()).toBeGreaterThanOrEqual(before);
});

test("two applies at once: one wins, the other says so and changes nothing, and the result is whole", async () => {
  const [first, second] = await Promise.all([
    start("apply", "user", "--auto-approve").ended,
    start("apply", "user", "--auto-approve").ended,
  ]);
  expect([first.code, second.code]).toContain(0);
  const loser = first.code === 0 ? second : first;
  if (loser.code !== 0) expect(loser.stderr + loser.stdout).toMatch(/lock|another|changed|stale/i);
  expectCode(await rolecall(root, sandbox.env, "plan", "user"), 0);
});
