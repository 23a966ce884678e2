import { closeSync, constants, fstatSync, openSync, readFileSync, rmSync, type Stats } from "node:fs";
import { type Known, known, unknown } from "../known";
import { quote } from "../text";
import { errorCode } from "./error-code";
import { replaceFile } from "./replace-file";
import { othersCanWrite } from "./other-writers";

/** Never through a link, and never waiting for the writer of a pipe there. */
const CAREFULLY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a file that only this user (or root) can have written, of the very file that was looked at; `undefined` when there
 * is none. Unknown for every other: what it says may be somebody else's. What is `secret` nobody else can read, either.
 */
export function readPrivate(
  path: string,
  mostBytes: number,
  { secret = false }: { readonly secret?: boolean } = {},
): Known<Buffer | undefined> {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | CAREFULLY);
    const stat = fstatSync(file);
    const tooLarge = stat.size > mostBytes ? `has ${stat.size} bytes` : undefined;
    const open = secret && process.geteuid && (stat.mode & 0o077) !== 0 ? "can be read by others" : undefined;
    const wrong = strangeness(stat) ?? tooLarge ?? open;
    return wrong === undefined ? known(readFileSync(file)) : unknown(`${quote(path)} ${wrong}; remove it`);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return known(undefined);
    return unknown(
      code === "ELOOP" ? `${quote(path)} is a link; remove it` : `${quote(path)} cannot be read (${code})`,
    );
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function strangeness(stat: Stats): string | undefined {
  const own = process.geteuid?.();
  if (!stat.isFile()) return "is not a regular file";
  if (own === undefined) return undefined;
  if (stat.uid !== own && stat.uid !== 0) return `belongs to another user (id ${stat.uid})`;
  return othersCanWrite(stat) ? "can be written by others" : undefined;
}

/** Puts a file in place whole or not at all, this user's alone from its first byte; a link there is replaced, not followed. Throws the system's error. */
export function writePrivate(path: string, bytes: string | Uint8Array): void {
  replaceFile(path, bytes);
}

/** A new and empty file in the place of whatever was there, to write and to read. Throws the system's error. */
export function openNew(path: string): number {
  rmSync(path, { force: true });
  return openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | CAREFULLY, 0o600);
}

/** A log to add to, made when it is missing; one that is not this user's own file begins again. Throws the system's error. */
export function openLog(path: string): number {
  const flags = constants.O_WRONLY | constants.O_APPEND | CAREFULLY;
  let file: number | undefined;
  try {
    file = openSync(path, flags);
    const stat = fstatSync(file);
    if (strangeness(stat) === undefined && stat.nlink === 1) return file;
    closeSync(file);
  } catch (error) {
    if (!["ENOENT", "ELOOP", "ENXIO"].includes(errorCode(error))) throw error;
  }
  rmSync(path, { force: true });
  return openSync(path, flags | constants.O_CREAT | constants.O_EXCL, 0o600);
}
