import { randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { isRecord } from "../text";
import { errorCode } from "./error-code";
import { readPrivate } from "./private-file";

/** Who holds a lock, as the lock's file says it. */
export interface LockHolder {
  /** Of one taking: the same process that takes the lock again has another. */
  readonly token: string;
  readonly pid: number;
  /** Process ids mean something within one of these only. */
  readonly place: string;
}

/** This process, about to take a lock. */
export function newLockHolder(): LockHolder {
  return { token: randomBytes(12).toString("hex"), pid: process.pid, place: place() };
}

/** `undefined` where there is no lock, or no file of this person that a lock could be. */
export function lockHolderOf(path: string): LockHolder | undefined {
  const read = readPrivate(path, 1_000);
  return read.known && read.value !== undefined ? readLockHolder(read.value.toString("utf8")) : undefined;
}

function readLockHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // Until version 0.2 a lock of an output folder was the process id alone.
    if (isPid(value)) return { token: text, pid: value, place: place() };
    if (!isRecord(value)) return undefined;
    const { token, pid, place: where } = value;
    return typeof token === "string" && typeof where === "string" && isPid(pid)
      ? { token, pid, place: where }
      : undefined;
  } catch {
    return undefined;
  }
}

function isPid(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

/** Whether its process id can be judged here. */
export function isHere(holder: LockHolder): boolean {
  return holder.place === place();
}

export function isAlive({ pid }: LockHolder): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and of another user.
    return errorCode(error) === "EPERM";
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
