import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { lockOutput } from "../modules/terraform/run-lock";
import { invisibleIn } from "../modules/roster/characters";
import { quote } from "../modules/text";
import type { Context } from "./context";

/** Far beyond any real one. */
const MAX_BYTES = 1_000_000;
const LOCK_SECONDS = 10;

/**
 * The file given, else where the aws client reads its configuration. Source: AWS SDKs and Tools Reference Guide, "Location of the
 * shared config and credentials files". Throws for a name that could not be shown as it is.
 */
export function configPath({ env, root }: Pick<Context, "env" | "root">, given?: string): string {
  const home = env["HOME"] || homedir();
  const named = given ?? (env["AWS_CONFIG_FILE"] || join(home, ".aws", "config"));
  // As the aws client does, for a name that no shell has seen.
  const path = resolve(root, named.replace(/^~(?=\/)/, home));
  if (invisibleIn(path) !== undefined)
    throw new Error(`${quote(path)} is no name for a config file; name another with --file`);
  return path;
}

/** A file as it is, bytes one to one (latin1); `undefined` text when there is none. Throws with the cure when it is none of ours to write. */
export function readConfigText(path: string, other = "name another with --file"): string | undefined {
  return orSayWhy(path, other, () => readText(path, other));
}

function readText(path: string, other: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Error(`${quote(path)} is a link to nothing; make the file it names, or remove the link`);
    return undefined;
  }
  if (!stat.isFile()) throw new Error(`${quote(path)} is not a regular file; ${other}`);
  if (stat.size > MAX_BYTES) throw new Error(`${quote(path)} has ${stat.size} bytes; is this the right file?`);
  const text = readFileSync(path, "latin1");
  if (text.includes("\0"))
    throw new Error(
      `${quote(path)} is not plain text (perhaps UTF-16), and no AWS client can read it; save it as UTF-8`,
    );
  return text;
}

export type Edit = (text: string | undefined) => { readonly text: string | undefined; readonly keep: boolean };

export interface Edited {
  readonly changed: boolean;
  /** Where the file as it was is kept, when this run has kept it. */
  readonly backup?: string;
}

/**
 * Replaces a file at once or not at all, 0600, with one writer at a time; `edit` gives the new text, or `undefined` to remove
 * it. A link is followed, and stays. With `keep` the file as it was is kept beside it first, under a name that is free.
 */
export async function editConfigFile(path: string, edit: Edit): Promise<Edited> {
  try {
    return await editLocked(path, edit);
  } catch (error) {
    throw explained(path, "make it and its folder writable, or name another with --file", error);
  }
}

async function editLocked(path: string, edit: Edit): Promise<Edited> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const target = existsSync(path) ? realpathSync(path) : path;
  for (const folder of new Set([dirname(path), dirname(target)])) checkFolder(folder);
  checkOwner(target);
  const release = await lock(`${target}.rolecall-lock`);
  try {
    const before = readConfigText(target);
    const { text, keep } = edit(before);
    if (text === before) return { changed: false };
    const backup = keep && before !== undefined ? keepCopy(path, before) : undefined;
    if (text === undefined) rmSync(target);
    else writeAtOnce(target, text, before);
    return { changed: true, ...(backup === undefined ? {} : { backup }) };
  } finally {
    release();
  }
}

function orSayWhy<T>(path: string, cure: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained(path, cure, error);
  }
}

/** The system's errors as a sentence; ours are sentences. */
function explained(path: string, cure: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  return new Error(`${quote(path)} cannot be read or written (${String(error.code)}); ${cure}`);
}

/** Who can write to the folder can put another file in the place of ours, and a config file runs commands. */
function checkFolder(folder: string): void {
  const { uid, mode } = statSync(folder);
  const me = process.getuid?.();
  if (me !== undefined && uid !== me && uid !== 0)
    throw new Error(`${quote(folder)} belongs to another user; run this as that user, or name another with --file`);
  if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0)
    throw new Error(`everybody may write to ${quote(folder)}; take that away first: chmod o-w ${quote(folder)}`);
}

function checkOwner(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  const me = process.getuid?.();
  if (stat !== undefined && me !== undefined && stat.uid !== me)
    throw new Error(`${quote(file)} belongs to another user; run this as that user, or name another with --file`);
}

/** Waits for another that writes the same file. */
async function lock(file: string): Promise<() => void> {
  const end = Date.now() + LOCK_SECONDS * 1000;
  for (;;) {
    const lock = lockOutput(file, process.pid);
    if (lock.known) return lock.value;
    if (Date.now() > end) throw new Error(`another rolecall writes the same file (${quote(file)}); wait for it`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** Copies made before stay: the oldest is the file as its owner had it. The same content is kept once. */
function keepCopy(path: string, text: string): string {
  for (let number = 1; ; number++) {
    const copy = `${path}.rolecall-backup${number === 1 ? "" : `-${number}`}`;
    if (lstatSync(copy, { throwIfNoEntry: false }) === undefined) {
      writeNew(copy, text);
      return copy;
    }
    if (lstatSync(copy).isFile() && readFileSync(copy, "latin1") === text) return copy;
  }
}

/** Removes copies of exactly this content: they hold nothing any more that the file does not. */
export function removeCopies(path: string, text: string): readonly string[] {
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.rolecall-backup`));
  const same = names
    .map((name) => join(dirname(path), name))
    .filter((copy) => lstatSync(copy).isFile() && readFileSync(copy, "latin1") === text);
  for (const copy of same) rmSync(copy);
  return same;
}

function writeAtOnce(target: string, text: string, before: string | undefined): void {
  const prefix = `.${basename(target)}.rolecall-draft-`;
  // What a run has left that was killed here; nobody else writes while we hold the lock.
  for (const name of readdirSync(dirname(target)).filter((each) => each.startsWith(prefix)))
    rmSync(join(dirname(target), name), { force: true });
  const draft = join(dirname(target), `${prefix}${process.pid}`);
  try {
    writeNew(draft, text);
    if (readConfigText(target) !== before)
      throw new Error(`${quote(target)} was changed by another program just now; nothing was written, try again`);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A new file that only its owner can read, on disk when this returns. */
function writeNew(file: string, text: string): void {
  const handle = openSync(file, "wx", 0o600);
  try {
    writeFileSync(handle, text, "latin1");
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
