import { cutAll } from "./cut";
import { GAP, type Layout, type Slot } from "./layout";

/** A table as text, before it has a width. */
export interface TextTable {
  /** Names of the accounts. */
  readonly head: readonly string[];
  readonly rows: readonly TextRow[];
}

export interface TextRow {
  readonly name: string;
  /** One for each account. A heading may be as long as a line; a rule is one. */
  readonly cells: readonly string[] | "heading" | "rule";
}

/** The table, its blocks below each other with an empty line between them. */
export function drawTable(table: TextTable, { columns, names, blocks }: Layout): string {
  const cut = cutAll(
    table.rows.map(({ name }) => name),
    names,
    "middle",
  );
  const rows = table.rows.map((row, index) => ({
    ...row,
    name: (row.cells === "heading" ? cutAll([row.name], columns)[0] : cut[index]) ?? "",
  }));
  return blocks.map((slots) => drawBlock({ ...table, rows }, names, slots)).join("\n");
}

function drawBlock({ head, rows }: TextTable, names: number, slots: readonly Slot[]): string {
  const line = (name: string, texts: readonly string[]) =>
    [name.padEnd(names), ...slots.map(({ column, width }) => (texts[column] ?? "").padEnd(width))].join(GAP).trimEnd();
  const rule = ["-".repeat(names), ...slots.map(({ width }) => "-".repeat(width))].join(GAP);
  const lines = rows.map(({ name, cells }) =>
    cells === "rule" ? rule : cells === "heading" ? name : line(name, cells),
  );
  return `${[line("person", head), ...lines].join("\n")}\n`;
}
