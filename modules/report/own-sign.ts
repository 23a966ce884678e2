import type { PicturedTier } from "./picture/picture";

/** `ends`, a ring, when all grants of the person's own end by themselves; `stays`, a dot, when one does not; nothing without any. */
export function ownSign(held: readonly PicturedTier[]): "ends" | "stays" | undefined {
  const own = held.flatMap(({ ways }) => ways.filter(({ team }) => team === undefined));
  if (own.length === 0) return undefined;
  return own.every(({ until }) => until !== undefined) ? "ends" : "stays";
}
