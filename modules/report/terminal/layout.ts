/** How the table of one width is laid out. */
export interface Layout {
  /** Characters of a line. */
  readonly columns: number;
  /** Characters of the first column. */
  readonly names: number;
  /** Accounts of each block, as positions from 0, with the width of each. */
  readonly blocks: readonly (readonly Slot[])[];
}

export interface Slot {
  readonly column: number;
  readonly width: number;
}

/** Between columns. */
export const GAP = "  ";

/** Puts columns into as few blocks as fit into `columns` characters, each with the names before it. Law: no line is longer. */
export function layOut(names: number, widths: readonly number[], columns: number): Layout {
  const first = Math.min(names, columns - GAP.length - Math.max(0, ...widths));
  const blocks: Slot[][] = [[]];
  let used = first;
  for (const [column, width] of widths.entries()) {
    if (used + GAP.length + width > columns) {
      blocks.push([]);
      used = first;
    }
    blocks.at(-1)?.push({ column, width });
    used += GAP.length + width;
  }
  return { columns, names: first, blocks };
}
