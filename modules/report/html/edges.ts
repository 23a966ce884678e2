import type { Column, Picture } from "../picture/picture";

/** True when somebody gains or loses something in the account, or the account itself comes or goes. */
export function isChangedColumn({ columns, groups }: Picture, index: number): boolean {
  if (columns[index]?.change !== undefined) return true;
  return groups.some(({ rows }) => rows.some(({ cells }) => cells[index]?.change !== undefined));
}

/**
 * Classes of each column: the first of production has a heavy rule before it, that of another environment a thin one. When only
 * changed columns are in sight, other columns are the first: `changed-production`, `changed-edge`.
 */
export function edgeClasses(picture: Picture): readonly string[] {
  const all = picture.columns.map((column, index) => ({ column, index }));
  const changed = picture.comparison === undefined ? [] : all.filter(({ index }) => isChangedColumn(picture, index));
  const classes = picture.columns.map((): string[] => []);
  for (const [list, prefix] of [
    [all, ""],
    [changed, "changed-"],
  ] as const)
    for (const [position, { column, index }] of list.entries()) {
      const edge = edgeBetween(list[position - 1]?.column, column);
      if (edge !== undefined) classes[index]?.push(prefix + edge);
    }
  return classes.map((each) => each.join(" "));
}

function edgeBetween(left: Column | undefined, own: Column): string | undefined {
  if (left === undefined) return undefined;
  if (own.production && !left.production) return "production";
  return own.environment === left.environment ? undefined : "edge";
}
