import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { expectCode, HOME, type Ran, rolecall, run } from "../support/run-command";
import { BEFORE } from "./rosters";

/* The disk of the state is really full: a small file system in a mount namespace of its own. */
jest.setTimeout(300_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-disk-"));
const state = join(root, ".rolecall/sandbox/state");
let sandbox: Sandbox;

beforeAll(async () => {
  const mounts = spawnSync("unshare", ["-rm", "true"]).status === 0;
  if (!mounts) throw new Error("unshare -rm does not work here; install util-linux and allow user namespaces");
  sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
  writeFileSync(join(root, "roster.yaml"), BEFORE);
  mkdirSync(state, { recursive: true });
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Applies while the state's folder is a disk of `size`; what got onto it is copied away before it is gone. */
function applyOnDisk(size: string): Promise<Ran> {
  const script = [
    `mount -t tmpfs -o size=${size} none "$1"`,
    'code=0; "$2" "$3" apply user --auto-approve || code=$?',
    'cp -r "$1" "$4"; exit $code',
  ].join("\n");
  const args = [state, process.execPath, join(HOME, "bin/rolecall.js"), join(root, "disk")];
  return run("unshare", ["-rm", "sh", "-c", script, "sh", ...args], { cwd: root, env: sandbox.env });
}

test("a full disk loses nothing: the state is kept beside, said so, and the cure as printed works", async () => {
  const ran = expectCode(await applyOnDisk("16k"), 2);
  const said = ran.stdout + ran.stderr;
  expect(said).toMatch(/no space left on device/);
  const cure = /then: (cd \S+ && terraform state push errored\.tfstate && rm errored\.tfstate)/.exec(said)?.[1];
  expect(cure).toBeDefined();
  const kept = join(root, ".rolecall/sandbox/cdktf.out/stacks/user/errored.tfstate");
  expect(JSON.parse(readFileSync(kept, "utf8")).resources.length).toBeGreaterThan(10);

  // Until then nothing is planned against the older state.
  const refused = expectCode(await rolecall(root, sandbox.env, "apply", "user", "--auto-approve"), 2);
  expect(refused.stdout).toContain("terraform state push errored.tfstate");

  expectCode(await run("sh", ["-c", cure ?? "false"], { cwd: root, env: sandbox.env }), 0);
  expect(existsSync(kept)).toBe(false);
  expectCode(await rolecall(root, sandbox.env, "apply", "user", "--auto-approve"), 0);
  expectCode(await rolecall(root, sandbox.env, "plan", "user"), 0);
});
