import type { Held } from "./picture";

/** What another holding of the same account is to the one before. `other`: neither, or it takes the policies to tell. */
export type Direction = "wider" | "other" | "narrower";

/**
 * Wider: every tier is still held for as long, or a stronger one. Tier by tier first, since a further tier is one more role to
 * take even beside a stronger one. Law: the other way round, wider is narrower.
 */
export function directionOf(before: readonly Held[], now: readonly Held[]): Direction {
  return compare(before, now, isSameTier) ?? compare(before, now, isAtLeast) ?? "other";
}

type Covers = (one: Held, other: Held) => boolean;

function compare(before: readonly Held[], now: readonly Held[], covers: Covers): Direction | undefined {
  const kept = before.every((old) => now.some((each) => covers(each, old) && !endsBefore(each, old)));
  const had = now.every((each) => before.some((old) => covers(old, each) && !endsBefore(old, each)));
  if (kept === had) return undefined;
  return kept ? "wider" : "narrower";
}

function isSameTier({ mark: one }: Held, { mark: other }: Held): boolean {
  return one.tier === other.tier;
}

/** What a spectator may, an operator may, and what anybody may, an administrator. An own tier may be anything else. */
function isAtLeast({ mark: one }: Held, { mark: other }: Held): boolean {
  return (
    one.tier === other.tier ||
    one.shade === "administrator" ||
    (one.shade === "operator" && other.shade === "spectator")
  );
}

function endsBefore({ until: one }: Held, { until: other }: Held): boolean {
  return one !== undefined && (other === undefined || Date.parse(one) < Date.parse(other));
}
