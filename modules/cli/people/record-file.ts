import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import type { Context } from "../../machine/context";
import { errorCode } from "../../machine/error-code";
import { type OffboardRecord, renderRecordJson, renderRecordMarkdown } from "../../people/leaving/record";
import { Refusal } from "../../refusal";
import { quote } from "../../text";

/** Rewritten after every step, so that a run that is killed leaves what it did. */
export type KeepRecord = (record: OffboardRecord) => void;

/** Makes the file, readable by this user only. Throws a `Refusal` when it exists: a record is not overwritten. */
export function openRecord({ root }: Context, path: string): KeepRecord {
  const file = openNew(resolve(root, path), path);
  const render = path.endsWith(".json") ? renderRecordJson : renderRecordMarkdown;
  return (record) => {
    const bytes = Buffer.from(render(record));
    writeSync(file, bytes, 0, bytes.length, 0);
    ftruncateSync(file, bytes.length);
    fsyncSync(file);
    if (record.complete) closeSync(file);
  };
}

function openNew(path: string, shown: string): number {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    const code = errorCode(error);
    const what = code === "EEXIST" ? "already exists" : `cannot be written (${code})`;
    throw new Refusal(`the report ${quote(shown)} ${what}; name another file`);
  }
}
