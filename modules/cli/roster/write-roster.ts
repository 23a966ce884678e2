import { readFileSync, realpathSync, statSync } from "node:fs";
import { errorCode } from "../../machine/error-code";
import { ChangesHands, replaceFile } from "../../machine/replace-file";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { RosterFile } from "./read-roster";

/** Puts the new bytes in place, whole or not at all; a file that changed since it was read is left as it is. Throws a `Refusal`. */
export function writeRoster({ location, path, bytes: read }: RosterFile, bytes: Uint8Array): void {
  try {
    const file = realpathSync(location);
    const before = () => {
      if (!readFileSync(file).equals(read))
        throw new Refusal(`${path} was changed by another program just now; nothing was written, try again`);
    };
    replaceFile(file, bytes, { like: statSync(file), before });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof ChangesHands)
      throw new Refusal(`${quote(path)} ${error.message}, and would be yours afterwards; run this as its owner`);
    throw new Refusal(`${quote(path)} cannot be written (${errorCode(error)}); make it and its folder writable`);
  }
}
