import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./error-code";

export interface Replacement {
  /** Owner, group and mode are those of this file. @default this user's alone, 0600 */
  readonly like?: Stats;
  /** Looks once more, when the bytes are on disk and before they are in place; what it throws keeps the old file. */
  readonly before?: () => void;
}

/** A file may not be replaced by one of another owner. */
export class ChangesHands extends Error {}

/**
 * Puts a file in place whole or not at all: a draft in the same folder, on disk before it has the name, and the name on disk before
 * this returns. A link at `path` is replaced, not followed. Throws the system's error, `ChangesHands`, or what `before` throws; the
 * draft is gone then.
 */
export function replaceFile(path: string, bytes: string | Uint8Array, { like, before }: Replacement = {}): void {
  const draft = join(dirname(path), draftPrefix(path) + randomBytes(12).toString("hex"));
  try {
    writeDraft(draft, bytes, like);
    before?.();
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** What a run that was killed in the middle has left: it may hold a secret. Nobody else may be writing the file now. */
export function removeDraftsOf(path: string): void {
  for (const name of readdirSync(dirname(path)).filter((each) => each.startsWith(draftPrefix(path))))
    rmSync(join(dirname(path), name), { force: true });
}

/** Names of files have 255 bytes at most. */
function draftPrefix(path: string): string {
  return `.${basename(path).slice(0, 80)}.rolecall-`;
}

function writeDraft(draft: string, bytes: string | Uint8Array, like: Stats | undefined): void {
  const file = openSync(draft, "wx", 0o600);
  try {
    writeFileSync(file, bytes);
    if (like !== undefined) handOver(file, like);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function handOver(file: number, { uid, gid, mode }: Stats): void {
  const made = fstatSync(file);
  try {
    if (made.uid !== uid || made.gid !== gid) fchownSync(file, uid, gid);
    fchmodSync(file, mode & 0o777);
  } catch (error) {
    if (errorCode(error) !== "EPERM") throw error;
    throw new ChangesHands(`belongs to user ${uid} and group ${gid}`);
  }
}

/** Where folders cannot be synced (Windows, some network file systems) the rename is in place anyway. */
function syncFolder(folder: string): void {
  let open: number | undefined;
  try {
    open = openSync(folder, "r");
    fsyncSync(open);
  } catch {
    return;
  } finally {
    if (open !== undefined) closeSync(open);
  }
}
