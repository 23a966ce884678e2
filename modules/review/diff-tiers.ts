import { compileMatrix } from "../access/matrix";
import type { Roster, Tier } from "../roster/roster";
import type { AccessChange } from "./access-change";
import { duration, countOf } from "../words";

/** What changes for everybody who holds a tier, but for what it allows: that is found by evaluating its policies, not by its lists. */
export function diffTiers(base: Roster, head: Roster, now: Date): readonly AccessChange[] {
  const before = new Map(base.tiers.map((tier) => [tier.key, tier]));
  return head.tiers.flatMap((tier) => {
    const old = before.get(tier.key);
    if (!old) return [];
    const holders = `for ${countOf(countHolders(head, tier.key, now), "person", "people")}`;
    return times(old, tier, holders).map((change) => ({
      ...change,
      tier: tier.key,
      place: tier.place,
    }));
  });
}

function countHolders(roster: Roster, tier: string, now: Date): number {
  return compileMatrix(roster, now).rows.filter(({ cells }) =>
    cells.some(({ tiers }) => tiers.some((held) => held.tier === tier)),
  ).length;
}

function times(old: Tier, tier: Tier, holders: string): readonly AccessChange[] {
  return [
    ...compared(
      old.mfaAgeSeconds,
      tier.mfaAgeSeconds,
      (a, b) => `${tier.key}: MFA may be ${b} old instead of ${a}, ${holders}`,
    ),
    ...compared(
      old.sessionSeconds,
      tier.sessionSeconds,
      (a, b) => `${tier.key}: sessions last ${b} instead of ${a}, ${holders}`,
    ),
  ];
}

function compared(
  before: number,
  after: number,
  sentence: (before: string, after: string) => string,
): readonly AccessChange[] {
  if (before === after) return [];
  return [
    { direction: after > before ? "widening" : "narrowing", sentence: sentence(duration(before), duration(after)) },
  ];
}
