import { readFileSync, realpathSync, statSync } from "node:fs";
import { readPair, replacePair } from "../../client/keys/credentials-file";
import type { FilePort } from "../../client/keys/ports";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { errorCode } from "../../machine/error-code";
import { removeDraftsOf, replaceFile } from "../../machine/replace-file";

/** What `errorCode` says of our own errors. */
const NO_CODE = errorCode(undefined);
/** Far beyond any real one. */
const MAX_BYTES = 1_000_000;

/**
 * One profile's pair in the credentials file. A switch replaces the two values and keeps every other byte; it happens in one go
 * or not at all, the file ends readable only by its owner, and no copy of the old one is kept: that would be a second secret.
 */
export function credentialsFile(path: string, profile: string): FilePort {
  return {
    read: () => readPair(readText(path), profile, path),
    replace: (before, next) => {
      const file = realpathSync(path);
      const text = replacePair(readText(file), profile, path, before, next);
      writeAtOnce(file, text);
    },
  };
}

/** What a run that was killed in the middle of a switch has left: it holds a secret. */
export function removeDrafts(path: string): void {
  removeDraftsOf(realpathSync(path));
}

/** Characters are bytes here: whatever the file's encoding, what is not replaced stays. */
function readText(path: string): string {
  try {
    const stat = statSync(path);
    if (!stat.isFile())
      throw new Refusal(`${quote(path)} is not a regular file; name another with AWS_SHARED_CREDENTIALS_FILE`);
    if (stat.size > MAX_BYTES) throw new Refusal(`${quote(path)} has ${stat.size} bytes; is this the right file?`);
    return readFileSync(path, "latin1");
  } catch (error) {
    const code = errorCode(error);
    if (code === NO_CODE) throw error;
    throw new Refusal(
      code === "ENOENT"
        ? `there is no ${quote(path)}; only keys in a credentials file can be rotated`
        : `${quote(path)} cannot be read (${code})`,
    );
  }
}

function writeAtOnce(file: string, text: string): void {
  try {
    replaceFile(file, Buffer.from(text, "latin1"));
  } catch (error) {
    throw new Refusal(`${quote(file)} cannot be written (${errorCode(error)}); make it and its folder writable`);
  }
}
