import { closeSync, lstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, basename } from "node:path";
import { REPORT_MARK } from "../modules/report/html/document";
import { quote } from "../modules/text";
import { errorCode } from "./error-code";

/**
 * Writes a report at once or not at all, readable by its owner alone: it says who may reach what. Only a report is overwritten,
 * unless `force`. Returns why nothing was written.
 */
export function writeReport(path: string, html: string, force: boolean): string | undefined {
  const draft = join(dirname(path), `.${basename(path)}.rolecall-${process.pid}`);
  let made = false;
  try {
    const refused = refusal(path, force);
    if (refused !== undefined) return refused;
    closeSync(openSync(draft, "wx", 0o600));
    made = true;
    writeFileSync(draft, html);
    renameSync(draft, path);
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (made) rmSync(draft, { force: true });
    if (code === "ENOENT" || code === "ENOTDIR") return `there is no folder for ${quote(path)}; make it first`;
    return `${quote(path)} cannot be written (${code}); make its folder writable, or name another file`;
  }
}

function refusal(path: string, force: boolean): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isDirectory()) return `${quote(path)} is a folder; name a file in it`;
  if (!stat.isFile()) return `${quote(path)} is not a regular file; name another`;
  if (force || beginningOf(path).includes(REPORT_MARK)) return undefined;
  return `${quote(path)} exists and is no report of Rolecall; name another file, or overwrite it with --force`;
}

function beginningOf(path: string): string {
  const bytes = Buffer.alloc(300);
  const file = openSync(path, "r");
  try {
    return bytes.toString("utf8", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
