import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type Known, known, unknown } from "./known";

/**
 * Keeps two runs of this machine from writing one output folder at the same time. The lock holds its owner's process id;
 * one whose owner is gone is taken over. The value gives it back.
 */
export function lockOutput(file: string, pid: number): Known<() => void> {
  mkdirSync(dirname(file), { recursive: true });
  for (let tries = 0; tries < 2; tries++) {
    if (createLock(file, pid)) return known(() => rmSync(file, { force: true }));
    const owner = ownerOf(file);
    if (owner !== undefined && isAlive(owner)) {
      return unknown(
        `another rolecall (process ${owner}) works in this project; wait for it, or give this run its own output ` +
          "folder beside the other with CDKTF_OUTPUT",
      );
    }
    rmSync(file, { force: true });
  }
  return unknown("another rolecall has just started in this project; wait for it");
}

function createLock(file: string, pid: number): boolean {
  try {
    const lock = openSync(file, "wx", 0o600);
    writeSync(lock, String(pid));
    closeSync(lock);
    return true;
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function ownerOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and somebody else's.
    return typeof error === "object" && error !== null && "code" in error && error.code === "EPERM";
  }
}
