import type { Account, Roster } from "../../roster/roster";
import { stableJson } from "../../text";
import type { Abilities } from "./abilities";

/**
 * Tiers of the head that take over what a tier of the base could do: they can do now what that one lost or went with, or for the
 * first time all that it could. Rules that name it are about them, too, for this change. Found when asked.
 */
export function tierHeirs(rosters: readonly Roster[], able: Abilities): (tier: string) => ReadonlySet<string> {
  const [base, head] = rosters;
  const known = new Map<string, ReadonlySet<string>>();
  if (base === undefined || head === undefined) return () => new Set();
  const others = changedTiers(base, head);
  return (tier) => {
    const found =
      known.get(tier) ?? new Set(others.filter((other) => other !== tier && inherits(base, head, able, tier, other)));
    known.set(tier, found);
    return found;
  };
}

/** Tiers of the head that do not say the same in the base. */
function changedTiers(base: Roster, head: Roster): readonly string[] {
  const reads = ({ accounts }: Roster) => new Map(accounts.map(({ id, spectatorReads }) => [id, spectatorReads]));
  const [before, after] = [reads(base), reads(head)];
  const moreReads = [...after].some(([id, what]) => what === "data" && before.get(id) === "metadata");
  const texts = new Map(base.tiers.map((tier) => [tier.key, textOf(tier)]));
  return head.tiers
    .filter((tier) => texts.get(tier.key) !== textOf(tier) || (moreReads && tier.key === "spectator"))
    .map(({ key }) => key);
}

function textOf({ policyArns, allow, deny }: Roster["tiers"][number]): string {
  return stableJson([policyArns, allow, deny]);
}

/** In any account that is on both sides, by its id; where there is none, in any of either. */
function inherits(base: Roster, head: Roster, able: Abilities, tier: string, heir: string): boolean {
  const pairs = base.accounts.flatMap((was) =>
    head.accounts.filter(({ id }) => id === was.id).map((now): readonly [Account, Account] => [was, now]),
  );
  const compared =
    pairs.length > 0 ? pairs : base.accounts.flatMap((was) => head.accounts.map((now) => [was, now] as const));
  return compared.some(([was, now]) => {
    const [before, after] = [able(base, was, tier) ?? NONE, able(head, now, tier) ?? NONE];
    const [old, current] = [able(base, was, heir) ?? NONE, able(head, now, heir) ?? NONE];
    const gains = (action: string) => current.has(action) && !old.has(action);
    if ([...before].some((action) => !after.has(action) && gains(action))) return true;
    const holdsAll = (set: ReadonlySet<string>) => [...before].every((action) => set.has(action));
    return before.size > 0 && holdsAll(current) && !holdsAll(old);
  });
}

const NONE: ReadonlySet<string> = new Set();
