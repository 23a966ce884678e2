import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import type { OffboardEntry } from "../../people/run-offboarding";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { errorCode } from "../../machine/error-code";

/** What was done, when, by whom: names, ids and instants, no secret. */
export interface OffboardRecord {
  readonly person: string;
  /** ARN of the caller. */
  readonly by: string;
  readonly entries: readonly (OffboardEntry & { readonly at: string })[];
  readonly notes: readonly string[];
  readonly complete: boolean;
}

/** Rewritten after every step, so that a run that was killed has left what it did. */
export type WriteReport = (record: OffboardRecord) => void;

/** Makes the file, readable by this user alone. Throws when it is there already: a record is not overwritten. */
export function openReport({ root }: Context, path: string): WriteReport {
  const file = openReportFile(resolve(root, path), path);
  const render = path.endsWith(".json") ? renderJson : renderMarkdown;
  return (record) => {
    const bytes = Buffer.from(render(record));
    writeSync(file, bytes, 0, bytes.length, 0);
    ftruncateSync(file, bytes.length);
    fsyncSync(file);
    if (record.complete) closeSync(file);
  };
}

function openReportFile(path: string, shown: string): number {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    const code = errorCode(error);
    const cure = code === "EEXIST" ? "is there already; name another file" : `cannot be written (${code})`;
    throw new Error(`the report ${quote(shown)} ${cure}`);
  }
}

function renderJson(record: OffboardRecord): string {
  return `${JSON.stringify({ schemaVersion: 1, ...record }, null, 2)}\n`;
}

function renderMarkdown({ person, by, entries, notes, complete }: OffboardRecord): string {
  const rows = entries.map(({ at, account, what, failure }) => [at, account, what, failure ?? "done"].map(cell));
  const table = [["when (UTC)", "account", "what", "outcome"], ["---", "---", "---", "---"], ...rows];
  return [
    `# Offboarding of ${cell(person)}`,
    "",
    `By ${cell(by)}. ${complete ? "Complete." : "Not complete: run it again."}`,
    "",
    ...table.map((row) => `| ${row.join(" | ")} |`),
    "",
    ...notes.map((note) => `- ${cell(note)}`),
    "",
  ].join("\n");
}

/** One cell of a table: nothing in it is read as Markdown or as the table's own. */
function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|&]/g, (character) => `\\${character}`).replace(/[\p{Cc}\p{Cf}]/gu, " ");
}
