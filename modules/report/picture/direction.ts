import { isLater, termsWithin } from "../../access/holdings";
import type { PicturedTier } from "./picture";

/** What another holding of the same account is to the one before. `other`: neither, or it takes the policies to tell. */
export type HoldingDirection = "wider" | "other" | "narrower";

/**
 * Wider: every tier is still held for as long, or a stronger one. Narrower: every tier was held before, or one that allows no
 * less, on the same terms or longer ones. Tier by tier first, since a further tier is one more role to take even next to a
 * stronger one. Law: what is narrower is wider the other way round; what is wider need not be narrower the other way round, where
 * MFA may be older or sessions last longer.
 */
export function directionOf(before: readonly PicturedTier[], now: readonly PicturedTier[]): HoldingDirection {
  return compare(before, now, isSameTier, isSameTier) ?? compare(before, now, isStronger, allowsNoLess) ?? "other";
}

type Covers = (one: PicturedTier, other: PicturedTier) => boolean;

function compare(
  before: readonly PicturedTier[],
  now: readonly PicturedTier[],
  stronger: Covers,
  certain: Covers,
): HoldingDirection | undefined {
  const kept = before.every((old) => now.some((each) => stronger(each, old) && !isLater(old.until, each.until)));
  const had = now.every((each) => before.some((old) => certain(old, each) && termsWithin(each, old)));
  if (kept === had) return undefined;
  return kept ? "wider" : "narrower";
}

function isSameTier({ mark: one }: PicturedTier, { mark: other }: PicturedTier): boolean {
  return one.tier === other.tier;
}

/** By what tiers are for. An own tier may be anything. */
function isStronger({ mark: one }: PicturedTier, { mark: other }: PicturedTier): boolean {
  return (
    one.tier === other.tier ||
    one.shade === "administrator" ||
    (one.shade === "operator" && other.shade === "spectator")
  );
}

/** What anybody may, an administrator may. An operator may not all that a spectator may: CloudHSM is the spectator's to see. */
function allowsNoLess({ mark: one }: PicturedTier, { mark: other }: PicturedTier): boolean {
  return one.tier === other.tier || one.shade === "administrator";
}
