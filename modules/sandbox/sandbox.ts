import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, fstatSync, readSync } from "node:fs";
import { join, resolve } from "node:path";
import { openNew, writePrivate } from "../machine/private-file";
import { makePrivateFolder } from "../machine/private-folder";
import { Refusal } from "../refusal";
import { findProviderMirror, findPython, installEmulator } from "./discover";
import { sandboxEnv, sandboxVariables } from "./sandbox-env";
import { terraformConfig } from "./terraform-config";

export interface Sandbox {
  readonly url: string;
  readonly pid: number;
  readonly variables: Readonly<Record<string, string>>;
  /** The caller's environment with the sandbox's variables, and without what could reach a real account. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the emulator and waits for it. */
  readonly stop: () => Promise<void>;
}

export interface SandboxOptions {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  /** Outlives this process; it still ends by itself when idle. @default false */
  readonly detached?: boolean;
}

const START_SECONDS = 60;

/** `.rolecall/sandbox`, which only this user may write: what is in it decides where Terraform finds its providers. */
export function makeSandboxFolder(root: string): void {
  makePrivateFolder(join(root, ".rolecall/sandbox"), { what: "the sandbox", cure: "use a checkout of your own" });
}

/** Starts the emulator on a free loopback port and writes what its clients need. Refuses where something is missing. */
export async function startSandbox({ root, env, log, detached = false }: SandboxOptions): Promise<Sandbox> {
  const folder = join(root, ".rolecall/sandbox");
  makeSandboxFolder(root);
  writePrivate(join(folder, "terraform.rc"), terraformConfig(findProviderMirror(env)));
  for (const name of ["aws-config", "aws-credentials"]) writePrivate(join(folder, name), "");
  const python = pythonWithEmulator(root, env, log);
  const logFile = join(folder, "emulator.log");
  // Through a file, not a pipe: a detached emulator must not hang on a reader that is gone.
  const output = openNew(logFile);
  const child = spawnEmulator(python, root, output, env, detached);
  const port = await portOf(child, output, logFile).finally(() => closeSync(output));
  const url = `http://127.0.0.1:${port}`;
  const variables = sandboxVariables(root, url);
  if (detached) child.unref();
  return { url, pid: child.pid ?? -1, variables, env: sandboxEnv(env, variables), stop: () => stopChild(child) };
}

function pythonWithEmulator(root: string, env: NodeJS.ProcessEnv, log: (line: string) => void): string {
  const found = findPython(root, env);
  if (found.ok) return found.path;
  log("installing the AWS emulator into .rolecall/venv");
  const installed = installEmulator(root, env);
  if (installed.ok) return installed.path;
  throw new Refusal(`${found.cure} (${installed.cure})`);
}

/** The script is next to this file, or in `modules/sandbox` when this runs from a bundle. */
function emulatorScript(): string {
  const beside = join(__dirname, "emulator.py");
  return existsSync(beside) ? beside : resolve(__dirname, "../../modules/sandbox/emulator.py");
}

function spawnEmulator(
  python: string,
  root: string,
  log: number,
  env: NodeJS.ProcessEnv,
  detached: boolean,
): ChildProcess {
  const life = detached ? [] : ["--with-parent"];
  return spawn(python, [emulatorScript(), "--rolecall-sandbox", root, ...life], {
    env: { ...env, PYTHONUNBUFFERED: "1" },
    stdio: [detached ? "ignore" : "pipe", log, log],
    // Its own process group: Ctrl-C must reach Terraform first, and the emulator last.
    detached: true,
  });
}

async function portOf(child: ChildProcess, log: number, logFile: string): Promise<number> {
  const failed: { error?: Error } = {};
  child.on("error", (error) => {
    failed.error = error;
  });
  const end = Date.now() + START_SECONDS * 1000;
  while (Date.now() < end && child.exitCode === null && failed.error === undefined) {
    const port = /^ready (\d+)$/m.exec(textOf(log))?.[1];
    if (port !== undefined) return Number(port);
    await new Promise((wake) => setTimeout(wake, 50));
  }
  await stopChild(child);
  const last = failed.error?.message ?? textOf(log).trim().split("\n").at(-1);
  throw new Refusal(`the AWS emulator did not start: ${last || "no message"}; see ${logFile}`);
}

/** What the emulator has said so far; where it writes next does not move. */
function textOf(log: number): string {
  const bytes = Buffer.alloc(fstatSync(log).size);
  return bytes.toString("utf8", 0, readSync(log, bytes, 0, bytes.length, 0));
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(force);
  child.stdin?.destroy();
}
