import type { TierMark } from "./marks";
import type { Cell, PicturedTier, Total } from "./picture";

/** At most so many people may hold a tier in an account, or in each one. */
export interface Limit {
  readonly account?: string;
  readonly tier: string;
  readonly max: number;
}

/** Totals of one account, one for each mark. */
export function totalsOf(
  account: string,
  cells: readonly Cell[],
  marks: readonly TierMark[],
  limits: readonly Limit[],
): readonly Total[] {
  return marks.map((mark): Total => {
    const holders = countHolders(mark, cells, ({ held }) => held);
    const before = countHolders(mark, cells, ({ held, change }) => change?.before ?? held);
    const max = limits
      .filter((limit) => limit.tier === mark.tier && (limit.account === undefined || limit.account === account))
      .map((limit) => limit.max);
    return {
      mark,
      holders,
      ...(before === holders ? {} : { before }),
      ...(max.length === 0 ? {} : { limit: Math.min(...max) }),
    };
  });
}

function countHolders(mark: TierMark, cells: readonly Cell[], of: (cell: Cell) => readonly PicturedTier[]): number {
  return cells.filter((cell) => of(cell).some((held) => held.mark === mark)).length;
}
