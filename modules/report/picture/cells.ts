import { directionOf } from "./direction";
import type { Cell, PicturedTier } from "./picture";

const NOTHING: readonly PicturedTier[] = [];
const EMPTY: Cell = { held: NOTHING };

/** What somebody holds in one account. */
export function plainCell(held: readonly PicturedTier[] = NOTHING): Cell {
  return held.length === 0 ? EMPTY : { held };
}

/** The same next to what they held before. A grant that comes another way and gives the same for as long is not a change. */
export function comparedCell(before: readonly PicturedTier[] = NOTHING, held: readonly PicturedTier[] = NOTHING): Cell {
  if (accessText(before) === accessText(held)) return plainCell(held);
  const kind = before.length === 0 ? "gained" : held.length === 0 ? "lost" : directionOf(before, held);
  return { held, change: { kind, before } };
}

function accessText(held: readonly PicturedTier[]): string {
  return held.map(({ mark, until = "" }) => `${mark.tier} ${until}`).join("\n");
}
