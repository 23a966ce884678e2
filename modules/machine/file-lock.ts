import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Known, known, unknown } from "../known";
import { readPrivate } from "./private-file";

/**
 * Keeps two runs of this machine from writing one output folder at the same time. The lock holds its owner's process id;
 * one whose owner is gone is taken over. The value gives it back.
 */
export function lockOutput(file: string, pid: number): Known<() => void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (let tries = 0; tries < 3; tries++) {
    if (createLock(file, pid)) return known(() => releaseLock(file, pid));
    const owner = ownerOf(file);
    if (owner !== undefined && isAlive(owner)) {
      return unknown(
        `another rolecall (process ${owner}) works in this project; wait for it, or give this run its own output ` +
          "folder beside the other with CDKTF_OUTPUT",
      );
    }
    removeStale(file);
  }
  return unknown("another rolecall has just started in this project; wait for it");
}

/** A link appears with its content or not at all: nobody sees a lock without its owner. */
function createLock(file: string, pid: number): boolean {
  const own = `${file}.${randomBytes(12).toString("hex")}`;
  writeFileSync(own, String(pid), { mode: 0o600, flag: "wx" });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Of several who find the same stale lock one moves it away; a fresh lock that was moved by mistake is put back. */
function removeStale(file: string): void {
  const aside = `${file}.${randomBytes(12).toString("hex")}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const owner = ownerOf(aside);
  try {
    if (owner !== undefined && isAlive(owner)) linkSync(aside, file);
  } catch {
    // A third one has the lock by now, and says so.
  }
  rmSync(aside, { force: true });
}

function releaseLock(file: string, pid: number): void {
  if (ownerOf(file) === pid) rmSync(file, { force: true });
}

function ownerOf(file: string): number | undefined {
  const read = readPrivate(file, 100);
  const pid = read.known ? Number(read.value?.toString("utf8")) : Number.NaN;
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
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
