import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, lutimesSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { errorCode } from "./error-code";
import { type LockHolder, lockHolderOf, isAlive, isHere } from "./lock-holder";

/** After which a lock that nobody touched belongs to nobody, where its process cannot be asked. */
const SILENT_MS = 10_000;

/** Whether a holder whose process lives, and which has not touched its lock for ten seconds, still has it. */
export type Silence = "stopped holders keep it" | "stopped holders lose it";

/** Makes the lock's file; false when there is one. A link appears with its content or not at all: no lock is without its holder. */
export function makeLock(path: string, own: LockHolder): boolean {
  // Cheap for the many who wait.
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return false;
  const draft = `${path}.${own.token}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Shows that the holder lives. */
export function touchLock(path: string, own: LockHolder): void {
  if (lockHolderOf(path)?.token !== own.token) return;
  const now = new Date();
  try {
    lutimesSync(path, now, now);
  } catch {
    // Gone: it was taken for stale. The work goes on; at worst a call is made twice.
  }
}

export function removeLock(path: string, own: LockHolder): void {
  if (lockHolderOf(path)?.token === own.token) rmSync(path, { force: true });
}

/** Of several who find the same stale lock one moves it away; a fresh lock that was moved by mistake is put back. */
export function removeStale(path: string, silence: Silence): void {
  const stale = lockHolderOf(path);
  if (!isStale(path, stale, silence)) return;
  const aside = `${path}.${randomBytes(12).toString("hex")}.stale`;
  try {
    renameSync(path, aside);
    if (lockHolderOf(aside)?.token !== stale?.token) linkSync(aside, path);
  } catch {
    // Another process was faster.
  }
  // A folder was never ours: it stays beside the lock, with what is in it.
  if (lstatSync(aside, { throwIfNoEntry: false })?.isDirectory() !== true) rmSync(aside, { force: true });
}

function isStale(path: string, holder: LockHolder | undefined, silence: Silence): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  // A link or folder was never a lock.
  if (!stat.isFile()) return true;
  if (holder !== undefined && isHere(holder)) {
    if (!isAlive(holder)) return true;
    if (silence === "stopped holders keep it") return false;
  }
  // Also a touch in the future: the clock was set back, and a living holder touches its lock again within two seconds.
  return Math.abs(Date.now() - stat.mtimeMs) > SILENT_MS;
}
