import { existsSync, mkdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { waitForLock } from "../../machine/lock";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { keepCopy } from "../../machine/profiles-copies";
import { explained, readConfigText } from "../../machine/profiles-file";
import { removeDraftsOf, replaceFile } from "../../machine/replace-file";

const LOCK_SECONDS = 10;

export type Edit = (text: string | undefined) => { readonly text: string | undefined; readonly keep: boolean };

export interface Edited {
  readonly changed: boolean;
  /** Where the file as it was is kept, when this run has kept it. */
  readonly backup?: string;
}

/**
 * Replaces a file whole or not at all, 0600, with one writer at a time; `edit` gives the new text, or `undefined` to remove
 * it. A link is followed, and stays. With `keep` the file as it was is kept next to it first, under a name that is free.
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
    writeAtOnce(target, text, before);
    return { changed: true, ...(backup === undefined ? {} : { backup }) };
  } finally {
    release();
  }
}

/** Who can write to the folder can put another file in the place of ours, and a config file runs commands. */
function checkFolder(folder: string): void {
  const { uid, mode } = statSync(folder);
  const me = process.getuid?.();
  if (me !== undefined && uid !== me && uid !== 0)
    throw new Refusal(`${quote(folder)} belongs to another user; run this as that user, or name another with --file`);
  if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0)
    throw new Refusal(`everybody may write to ${quote(folder)}; run this first: chmod o-w ${quote(folder)}`);
}

function checkOwner(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  const me = process.getuid?.();
  if (stat !== undefined && me !== undefined && stat.uid !== me)
    throw new Refusal(`${quote(file)} belongs to another user; run this as that user, or name another with --file`);
}

/** Waits for another that writes the same file. */
async function lock(file: string): Promise<() => void> {
  const taken = await waitForLock(file, LOCK_SECONDS * 1000);
  if (taken.kind === "taken") return taken.release;
  throw new Refusal(`another rolecall writes the same file (${quote(file)}); wait for it`);
}

/** Whole or not at all; without text the file goes. */
function writeAtOnce(target: string, text: string | undefined, before: string | undefined): void {
  // Nobody else writes while we hold the lock.
  removeDraftsOf(target);
  const look = () => {
    if (readConfigText(target) !== before)
      throw new Refusal(`${quote(target)} was changed by another program just now; nothing was written, try again`);
  };
  if (text !== undefined) replaceFile(target, Buffer.from(text, "latin1"), { before: look });
  else {
    look();
    rmSync(target);
  }
}
