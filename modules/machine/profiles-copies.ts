import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Copies made before stay: the oldest is the file as its owner had it. The same content is kept once. */
export function keepCopy(path: string, text: string): string {
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
