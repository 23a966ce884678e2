import { directionOf } from "./direction";
import type { Cell, HeldTier } from "./picture";

const NOTHING: readonly HeldTier[] = [];
const EMPTY: Cell = { held: NOTHING };

/** What somebody holds in one account. */
export function plainCell(held: readonly HeldTier[] = NOTHING): Cell {
  return held.length === 0 ? EMPTY : { held };
}

/** The same beside what they held before. A grant that comes another way and gives the same for as long is no change. */
export function comparedCell(before: readonly HeldTier[] = NOTHING, held: readonly HeldTier[] = NOTHING): Cell {
  if (accessText(before) === accessText(held)) return plainCell(held);
  const kind = before.length === 0 ? "gained" : held.length === 0 ? "lost" : directionOf(before, held);
  return { held, change: { kind, before } };
}

function accessText(held: readonly HeldTier[]): string {
  return held.map(({ mark, until = "" }) => `${mark.tier} ${until}`).join("\n");
}
