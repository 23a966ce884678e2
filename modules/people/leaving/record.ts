/** One step of an offboarding that was carried out or tried. */
export interface OffboardEntry {
  /** Key of the account, or `roster`. */
  readonly account: string;
  readonly what: string;
  /** Why it was not done. */
  readonly failure?: string | undefined;
}

/** What was done, when and by whom: names, ids and instants, no secret. */
export interface OffboardRecord {
  readonly person: string;
  /** ARN of the caller. */
  readonly by: string;
  readonly entries: readonly (OffboardEntry & { readonly at: string })[];
  /** What remains for people to do. */
  readonly notes: readonly string[];
  readonly complete: boolean;
}

export function renderRecordJson(record: OffboardRecord): string {
  return `${JSON.stringify({ schemaVersion: 1, ...record }, null, 2)}\n`;
}

export function renderRecordMarkdown({ person, by, entries, notes, complete }: OffboardRecord): string {
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

/** The cell of a table: nothing in it is read as Markdown or as a part of the table. */
function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|&]/g, (character) => `\\${character}`).replace(/[\p{Cc}\p{Cf}]/gu, " ");
}
