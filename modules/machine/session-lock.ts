import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, lutimesSync, readlinkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { errorCode } from "./error-code";
import { readPrivate } from "./private-file";

/** A holder shows that it lives this often... */
const BEAT_MS = 2_000;
/** ...and counts as gone when it did not for so long: it was stopped, or runs where its process cannot be seen. */
const SILENT_MS = 10_000;
const POLL_MS = 40;
/** After which a waiting person is told. */
const TELL_MS = 2_000;

/** Who holds a lock. */
interface Holder {
  readonly token: string;
  readonly pid: number;
  /** Process ids mean something within one of these only. */
  readonly place: string;
}

/**
 * Runs `work` while no other process of this person holds the file. A holder that was killed is passed over at once where its
 * process id can be judged, else when its file has not been touched for ten seconds; a process id that was given to
 * another since costs those ten seconds as well. `waiting` is called once when it takes longer than two.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waiting: () => void): Promise<T> {
  const own: Holder = { token: randomBytes(12).toString("hex"), pid: process.pid, place: place() };
  const began = performance.now();
  let told = false;
  while (!take(path, own)) {
    removeStale(path);
    if (!told && performance.now() - began > TELL_MS) {
      told = true;
      waiting();
    }
    await new Promise((wake) => setTimeout(wake, POLL_MS + Math.random() * POLL_MS));
  }
  const beat = setInterval(() => touch(path, own), BEAT_MS);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    if (holderOf(path)?.token === own.token) rmSync(path, { force: true });
  };
  process.on("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** A link appears with its content or not at all: nobody sees a lock without its holder. */
function take(path: string, own: Holder): boolean {
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

function touch(path: string, own: Holder): void {
  if (holderOf(path)?.token !== own.token) return;
  const now = new Date();
  try {
    lutimesSync(path, now, now);
  } catch {
    // Gone: it was taken for stale. The work goes on; at worst a call is made twice.
  }
}

/** Of several who find the same stale lock one moves it away; a fresh lock that was moved by mistake is put back. */
function removeStale(path: string): void {
  const stale = holderOf(path);
  if (!isStale(path, stale)) return;
  const aside = `${path}.${randomBytes(12).toString("hex")}.stale`;
  try {
    renameSync(path, aside);
    if (holderOf(aside)?.token !== stale?.token) linkSync(aside, path);
  } catch {
    // Somebody else was faster.
  }
  rmSync(aside, { force: true });
}

function isStale(path: string, holder: Holder | undefined): boolean {
  const touched = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined) return false;
  // Also a touch in the future: the clock was set back, and a living holder touches it again at once.
  if (Math.abs(Date.now() - touched) > SILENT_MS) return true;
  return holder !== undefined && holder.place === place() && !isAlive(holder.pid);
}

function holderOf(path: string): Holder | undefined {
  try {
    const read = readPrivate(path, 1_000);
    if (!read.known || read.value === undefined) return undefined;
    const value = JSON.parse(read.value.toString("utf8")) as Partial<Holder> | null;
    const { token, pid, place: where } = value ?? {};
    if (typeof token !== "string" || typeof where !== "string") return undefined;
    return typeof pid === "number" && Number.isInteger(pid) && pid > 0 ? { token, pid, place: where } : undefined;
  } catch {
    return undefined;
  }
}

let known: string | undefined;

/** This machine, and on Linux this container: the same number is another process elsewhere. */
function place(): string {
  known ??= `${hostname()} ${namespace()}`;
  return known;
}

function namespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and somebody else's.
    return errorCode(error) === "EPERM";
  }
}
