import type { PicturedTier } from "./picture/picture";
import { day } from "../words";

/** `operator until 2027-01-15, spectator`; empty without access. */
export function heldText(held: readonly PicturedTier[]): string {
  return held
    .map(({ mark, until }) => (until === undefined ? mark.tier : `${mark.tier} until ${day(until)}`))
    .join(", ");
}
