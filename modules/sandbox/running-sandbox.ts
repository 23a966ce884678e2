import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { readPrivate, writePrivate } from "../machine/private-file";
import { Refusal } from "../refusal";

/** What `sandbox start` leaves for the next command, in `.rolecall/sandbox/sandbox.json`. */
export interface RunningSandbox {
  readonly url: string;
  readonly pid: number;
  readonly variables: Readonly<Record<string, string>>;
}

function recordPath(root: string): string {
  return join(root, ".rolecall/sandbox/sandbox.json");
}

/** Right after the start: another start may be waiting for it. */
export function recordSandbox(root: string, { url, pid, variables }: RunningSandbox): void {
  writePrivate(recordPath(root), `${JSON.stringify({ url, pid, variables }, null, 2)}\n`);
}

function forgetSandbox(root: string): void {
  rmSync(recordPath(root), { force: true });
}

/** The sandbox that runs for this folder; a record whose process is gone, or belongs to another program by now, is removed. */
export function findRunningSandbox(root: string): RunningSandbox | undefined {
  const record = readRecord(root);
  if (record === undefined) return undefined;
  if (Number.isInteger(record.pid) && isOurs(record.pid, root)) return record;
  forgetSandbox(root);
  return undefined;
}

/** Undefined without a record, and for a half-written one or one that others could have written: there is nothing to stop then. */
function readRecord(root: string): RunningSandbox | undefined {
  try {
    const read = readPrivate(recordPath(root), 100_000);
    return read.known && read.value ? (JSON.parse(read.value.toString("utf8")) as RunningSandbox) : undefined;
  } catch {
    return undefined;
  }
}

/** True when the process was started by us for this folder: its id may have been given to another since. */
function isOurs(pid: number, root: string): boolean {
  const line = commandLine(pid);
  return line.includes("emulator.py") && `${line} `.includes(`--rolecall-sandbox ${root} `);
}

/** The process's arguments, separated by spaces; empty when it is gone. Slim containers have no `ps`, and only Linux has /proc. */
function commandLine(pid: number): string {
  if (existsSync("/proc/self/cmdline")) {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) ? readFileSync(file, "utf8").split("\0").join(" ").trim() : "";
  }
  const { stdout, error } = spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  if (error) throw new Refusal("cannot tell which processes run: ps is missing; install procps");
  return stdout.trim();
}

/** Ends a recorded sandbox, and waits until it is gone. */
export async function stopRunningSandbox(root: string): Promise<boolean> {
  const running = findRunningSandbox(root);
  if (!running) {
    // A stale record that is whole is gone by now, so what is left is a broken one.
    if (readRecord(root) === undefined) forgetSandbox(root);
    return false;
  }
  process.kill(running.pid, "SIGTERM");
  for (let tries = 0; tries < 100 && isOurs(running.pid, root); tries++)
    await new Promise((wake) => setTimeout(wake, 50));
  if (isOurs(running.pid, root)) process.kill(running.pid, "SIGKILL");
  forgetSandbox(root);
  return true;
}
