import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { StorePort } from "../../client/session/ports";
import { quote } from "../../text";
import { errorCode } from "../../machine/error-code";
import { withLock } from "../../machine/session-lock";

/** Far above any entry: what is longer was not written here. */
const MAX_BYTES = 1_000_000;
const DAY_MS = 24 * 3600_000;

/** `$XDG_CACHE_HOME/rolecall`, else `~/.cache/rolecall`. A relative XDG_CACHE_HOME is passed over, as its specification says. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const given = env["XDG_CACHE_HOME"];
  const base = given && isAbsolute(given) ? given : join(env["HOME"] || homedir(), ".cache");
  return join(base, "rolecall");
}

/** Small private files. Throws with the cure when the folder is not this person's alone and cannot be made so. */
export function openStore(folder: string, waiting: () => void): StorePort {
  makePrivate(folder);
  const pathOf = (name: string) => join(folder, `${name}.json`);
  return {
    read: (name) => readPrivate(pathOf(name)),
    write: (name, value) => writePrivate(folder, pathOf(name), JSON.stringify(value)),
    remove: (name) => rmSync(pathOf(name), { force: true }),
    locked: (name, work) => withLock(join(folder, `${name}.lock`), work, waiting),
  };
}

function makePrivate(folder: string): void {
  try {
    makeFolders(folder);
    refuseStranger(folder);
    if ((lstatSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (error) {
    if (error instanceof Error && !("code" in error)) throw error;
    throw new Error(
      `the folder for sessions, ${quote(folder)}, cannot be used (${errorCode(error)}); set XDG_CACHE_HOME to a folder of your own`,
    );
  }
}

/** One by one: Node's `recursive` never ends where a file system like /proc says that the parent is missing. */
function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined || folder === dirname(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster; what it made is looked at all the same.
    if (errorCode(error) !== "EEXIST") throw error;
  }
}

/** A folder that somebody else owns, or could put another in the place of, would hand them the sessions. */
function refuseStranger(folder: string): void {
  const own = process.getuid?.();
  if (own === undefined) return;
  const { uid } = lstatSync(folder);
  const cure = "remove it, or set XDG_CACHE_HOME to a folder of your own";
  if (!lstatSync(folder).isDirectory()) throw new Error(`${quote(folder)} is no folder but a link or file; ${cure}`);
  if (uid !== own) throw new Error(`${quote(folder)} belongs to somebody else; ${cure}`);
  const parent = statSync(dirname(folder));
  const writable = (parent.mode & 0o022) !== 0 && (parent.mode & 0o1000) === 0;
  if (writable || (parent.uid !== own && parent.uid !== 0))
    throw new Error(
      `others can write in ${quote(dirname(folder))}, which holds the folder for sessions; run chmod go-w on it, or set XDG_CACHE_HOME`,
    );
}

/** `undefined` for what is not a private regular file of this person with JSON in it. */
function readPrivate(path: string): unknown {
  let file: number | undefined;
  try {
    // Without waiting: somebody may have put a pipe there. Without following: or a link.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    const own = process.getuid?.();
    const isOurs = own === undefined || (stat.uid === own && (stat.mode & 0o077) === 0);
    if (!stat.isFile() || !isOurs || stat.size > MAX_BYTES) return undefined;
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Whole or not at all, and private from its first byte. */
function writePrivate(folder: string, path: string, text: string): void {
  const draft = join(folder, `.${randomBytes(12).toString("hex")}`);
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Error(`${quote(path)} cannot be written (${errorCode(error)}); make room there, or set XDG_CACHE_HOME`);
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
