import { lstatSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { StorePort } from "../../client/session/ports";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { errorCode } from "../../machine/error-code";
import { readPrivate, writePrivate } from "../../machine/private-file";
import { makePrivateFolder } from "../../machine/private-folder";
import { withLock } from "../../machine/lock";

/** Far above any entry: what is longer was not written here. */
const MAX_BYTES = 1_000_000;
const DAY_MS = 24 * 3600_000;

/** `$XDG_CACHE_HOME/rolecall`, else `~/.cache/rolecall`. A relative XDG_CACHE_HOME is passed over, as its specification says. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const given = env["XDG_CACHE_HOME"];
  const base = given && isAbsolute(given) ? given : join(env["HOME"] || homedir(), ".cache");
  return join(base, "rolecall");
}

/** Small private files. Throws with the cure when the folder is not private to this person and cannot be made so. */
export function openStore(folder: string, waiting: () => void): StorePort {
  makePrivateFolder(folder, { what: "the folder for sessions", cure: "set XDG_CACHE_HOME to a folder of your own" });
  const pathOf = (name: string) => join(folder, `${name}.json`);
  return {
    read: (name) => readJson(pathOf(name)),
    write: (name, value) => writeJson(pathOf(name), value),
    remove: (name) => rmSync(pathOf(name), { force: true }),
    locked: (name, work) => withLock(join(folder, `${name}.lock`), work, waiting),
  };
}

/** `undefined` for what is not a private regular file of this person with JSON in it. */
function readJson(path: string): unknown {
  const read = readPrivate(path, MAX_BYTES, { secret: true });
  try {
    return read.known && read.value ? (JSON.parse(read.value.toString("utf8")) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

function writeJson(path: string, value: unknown): void {
  try {
    writePrivate(path, JSON.stringify(value));
  } catch (error) {
    throw new Refusal(`${quote(path)} cannot be written (${errorCode(error)}); make room there, or set XDG_CACHE_HOME`);
  }
}

/** Removes what no session can need any more: nothing lives longer than a day and a half. */
export function sweep(folder: string, nowMs: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && nowMs - stat.mtimeMs > 3 * DAY_MS) rmSync(path, { force: true });
  }
}
