import { lstatSync, readFileSync, statSync } from "node:fs";
import { Refusal } from "../refusal";
import { quote } from "../text";

/** Far beyond any real one. */
const MAX_BYTES = 1_000_000;

/** A file as it is, bytes one to one (latin1); `undefined` text when there is none. Throws with the cure when it is not one of Rolecall's to write. */
export function readConfigText(path: string, other = "name another with --file"): string | undefined {
  return orSayWhy(path, other, () => readText(path, other));
}

function readText(path: string, other: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Refusal(`${quote(path)} is a link to nothing; make the file it names, or remove the link`);
    return undefined;
  }
  if (!stat.isFile()) throw new Refusal(`${quote(path)} is not a regular file; ${other}`);
  if (stat.size > MAX_BYTES) throw new Refusal(`${quote(path)} has ${stat.size} bytes; is this the right file?`);
  const text = readFileSync(path, "latin1");
  const nul = text.indexOf("\0");
  if (nul >= 0)
    throw new Refusal(
      `line ${text.slice(0, nul).split("\n").length} of ${quote(path)} has a NUL character, as UTF-16 does, and not every program reads it as text; save the file as UTF-8 without it`,
    );
  return text;
}

function orSayWhy<T>(path: string, cure: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained(path, cure, error);
  }
}

/** The system's errors as a sentence; ours are sentences. */
export function explained(path: string, cure: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  return new Refusal(`${quote(path)} cannot be read or written (${String(error.code)}); ${cure}`);
}
