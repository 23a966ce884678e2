import { closeSync, constants, lstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { quote } from "../text";
import { errorCode } from "./error-code";
import { writePrivate } from "./private-file";

/** What may be written over: files of the same kind, known by a mark in their first 300 bytes. */
export interface OwnKind {
  /** `report`, for messages. */
  readonly what: string;
  readonly mark: string;
  /** How to get past the refusal, other than naming another file. */
  readonly cure?: string;
}

/**
 * Writes a file whole or not at all, never through a link, readable only by its owner: it says who may reach what. Returns why
 * nothing was written.
 */
export function writeOwn(path: string, text: string, over: OwnKind | "anything"): string | undefined {
  try {
    const refused = refusal(path, over);
    if (refused !== undefined) return refused;
    writePrivate(path, text);
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return `the folder of ${quote(path)} does not exist; create it first`;
    if (code === "ENAMETOOLONG") return `the name ${quote(basename(path))} is too long; give a shorter one`;
    return `${quote(path)} cannot be written (${code}); make its folder writable, or name another file`;
  }
}

function refusal(path: string, over: OwnKind | "anything"): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isDirectory()) return `${quote(path)} is a folder; name a file in it`;
  if (!stat.isFile()) return `${quote(path)} is not a regular file; name another`;
  if (over === "anything" || stat.size === 0 || beginningOf(path).includes(over.mark)) return undefined;
  const force = over.cure === undefined ? "" : `, or overwrite it with ${over.cure}`;
  return `${quote(path)} exists and is not a ${over.what} of Rolecall; name another file${force}`;
}

function beginningOf(path: string): string {
  const bytes = Buffer.alloc(300);
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    return bytes.toString("utf8", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
