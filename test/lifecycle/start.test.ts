import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descendants, exists, until } from "../support/processes";
import { EXAMPLE_ROSTER, HOME, type Ran } from "../support/run-command";

/* `npm start` as a new user runs it: the example, from nothing to the matrix, and nothing left of it; also on Ctrl-C. */
jest.setTimeout(300_000);

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rolecall-start-"));
  writeFileSync(join(root, "roster.yaml"), readFileSync(EXAMPLE_ROSTER));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Started {
  readonly pid: number;
  readonly output: () => string;
  readonly interrupt: () => void;
  readonly ended: Promise<Ran>;
}

function start(): Started {
  const child = spawn(process.execPath, [join(HOME, "bin/start.js")], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ran>((done) => child.on("close", (code) => done({ code, stdout, stderr })));
  return { pid: child.pid ?? -1, output: () => stderr, interrupt: () => child.kill("SIGINT"), ended };
}

/** Every process it started, seen until it ends; the function then waits for all of them to be gone. */
function watch({ pid, ended }: Started): () => Promise<void> {
  const seen = new Set<number>();
  const timer = setInterval(() => {
    for (const process of descendants(pid)) seen.add(process.pid);
  }, 200);
  return async () => {
    await ended;
    clearInterval(timer);
    expect(seen.size).toBeGreaterThan(0);
    await until(() => ![...seen].some(exists), "every process to be gone", 20);
  };
}

test("the example is applied, planned again, read back and shown; nothing runs on, one folder is left", async () => {
  const started = start();
  const allGone = watch(started);
  const { code, stdout, stderr } = await started.ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/person +testing +production/);
  expect(stdout).toContain("What to try next:");
  expect(stderr).toContain("the accounts hold what the roster says");
  await allGone();
  expect(readdirSync(root).sort()).toEqual([".rolecall", "roster.yaml"]);
});

test.each(["starting the sandbox", "user: applying"])("Ctrl-C at %j stops everything", async (when) => {
  const started = start();
  const allGone = watch(started);
  await until(() => started.output().includes(when), when, 120);
  started.interrupt();
  const { code, stdout, stderr } = await started.ended;
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("SIGINT");
  await allGone();
  expect(existsSync(join(root, "cdktf.out"))).toBe(false);
});
