import { chmodSync, lstatSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { quote } from "../text";
import { errorCode } from "./error-code";
import { othersCanWrite } from "./other-writers";
import { Refusal } from "../refusal";

/** How messages speak of a folder. */
export interface FolderWords {
  /** `the folder for sessions` */
  readonly what: string;
  /** `set XDG_CACHE_HOME to a folder of your own` */
  readonly cure: string;
}

/** A folder only for this person, made with what is missing above it. Throws with the cure when it is not, and cannot be made so. */
export function makePrivateFolder(folder: string, { what, cure }: FolderWords): void {
  try {
    makeFolders(folder);
    refuseStranger(folder, what, cure);
    if (process.geteuid !== undefined && (lstatSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (error) {
    if (error instanceof Error && !("code" in error)) throw error;
    throw new Refusal(`${what}, ${quote(folder)}, cannot be used (${errorCode(error)}); ${cure}`);
  }
}

/** One by one: Node's `recursive` never ends where a file system like /proc says that the parent is missing. */
function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined || folder === dirname(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster; what it made is looked at anyway.
    if (errorCode(error) !== "EEXIST") throw error;
  }
}

/** A folder that somebody else owns, or could put another in the place of, would hand them what is in it. */
function refuseStranger(folder: string, what: string, cure: string): void {
  const own = process.geteuid?.();
  const { uid } = lstatSync(folder);
  const orRemove = `remove it, or ${cure}`;
  if (!lstatSync(folder).isDirectory())
    throw new Refusal(`${quote(folder)} is a link or file, not a folder; ${orRemove}`);
  if (own === undefined) return;
  if (uid !== own) throw new Refusal(`${quote(folder)} belongs to another user; ${orRemove}`);
  const parent = statSync(dirname(folder));
  const isSticky = (parent.mode & 0o1000) !== 0;
  if ((othersCanWrite(parent) && !isSticky) || (parent.uid !== own && parent.uid !== 0))
    throw new Refusal(
      `others can write in ${quote(dirname(folder))}, which holds ${what}; run chmod go-w on it, or ${cure}`,
    );
}
