import { peopleBy } from "../access/holding-index";
import { holdingsOf, namesOf, termsWithin } from "../access/holdings";
import type { Place } from "../finding";
import { namesWithin } from "../iam/session-names";
import type { Tier } from "../roster/roster";
import { stableJson } from "../text";
import type { RosterComparison } from "./diff-holdings";
import type { RosterChange } from "./access-change";
import type { HeldOn } from "./changes/roster";
import type { Beyond, Power, Powers } from "./effective/role-powers";
import { moreOf } from "./some-actions";

/**
 * What changes for whole tiers: those that come and go, each a role in every account whether or not somebody holds it, and the
 * terms of the others. What else is allowed under the same name is found by evaluating the policies of both sides.
 */
export function diffTiers(compared: RosterComparison): readonly RosterChange[] {
  const { base, head, now } = compared;
  const [before, after] = [base, head].map(({ tiers }) => new Map(tiers.map((tier) => [tier.key, tier])));
  const [had, has] = [base, head].map((side) => peopleBy(holdingsOf(side, now), ({ tier }) => tier.key));
  const gone = base.tiers.filter(({ key }) => !after?.has(key));
  return [
    ...head.tiers.flatMap((tier) => {
      const old = before?.get(tier.key);
      const count = has?.get(tier.key)?.size ?? 0;
      return old ? times(old, tier, count) : added(tier, gone, count, compared);
    }),
    ...gone.map(
      (tier): RosterChange => ({
        kind: "tier-removed",
        direction: "narrowing",
        tier: tier.key,
        before: heldOn(tier),
        holders: had?.get(tier.key)?.size ?? 0,
        place: tier.place,
      }),
    ),
  ];
}

/** One change for all accounts in which the tier's role can do the same. */
function added(tier: Tier, gone: readonly Tier[], count: number, compared: RosterComparison): readonly RosterChange[] {
  const { head, powers, comparer } = compared;
  const each = head.accounts.flatMap(({ key }) => {
    const power = powers.head(key, tier.key);
    return power === undefined ? [] : [[key, power] as const];
  });
  const replaced = gone.find((old) => replaces(tier, old, each, compared));
  const texts = new Map(each.map(([, power]) => [power.text, power]));
  const found = [...texts.values()].map((power) => comparer.beyond(power, []));
  return (found.length === 0 ? [NOTHING] : found).map(
    (beyond): RosterChange => ({
      kind: "tier-added",
      direction: directionOf(beyond, replaced),
      tier: tier.key,
      after: heldOn(tier),
      more: moreOf(beyond, []),
      holders: count,
      replaces: replaced?.key,
      actions: replaced === undefined ? [...beyond.can, ...beyond.perhaps] : undefined,
      place: tier.place,
    }),
  );
}

const NOTHING: Beyond = { can: [], perhaps: [] };

function directionOf({ can, perhaps }: Beyond, replaced: Tier | undefined): RosterChange["direction"] {
  if (replaced !== undefined) return "neutral";
  return can.length === 0 && perhaps.length > 0 ? "unknown" : "widening";
}

/** Whether the tier allows nothing that one which leaves did not allow in the same account, on terms no longer. */
function replaces(
  tier: Tier,
  old: Tier,
  each: readonly (readonly [account: string, power: Power])[],
  { powers, comparer }: RosterComparison,
): boolean {
  return (
    termsWithin(tier, old) &&
    each.every(([account, power]) => {
      const other = olderPower(powers.base, account, old.key, power);
      return other !== undefined && comparer.within(power, other);
    })
  );
}

/** In an account that is new, every tier is. */
function olderPower(base: Powers, account: string, tier: string, { accountId }: Power): Power | undefined {
  const other = base(account, tier);
  return other?.accountId === accountId ? other : undefined;
}

function times(old: Tier, tier: Tier, count: number): readonly RosterChange[] {
  const about = { tier: tier.key, place: tier.place, holders: count };
  const compare = (kind: "tier-mfa-age" | "tier-session", before: number, after: number): readonly RosterChange[] =>
    before === after ? [] : [{ ...about, kind, direction: after > before ? "widening" : "narrowing", before, after }];
  return [
    ...compare("tier-mfa-age", old.mfaAgeSeconds, tier.mfaAgeSeconds),
    ...compare("tier-session", old.sessionSeconds, tier.sessionSeconds),
    ...otherNames(about, old.sessionNames, tier.sessionNames),
  ];
}

/** More names are more access: under one of them people cannot be told apart. */
function otherNames(
  about: { readonly tier: string; readonly place: Place; readonly holders: number },
  before: readonly string[],
  after: readonly string[],
): readonly RosterChange[] {
  if (stableJson(before) === stableJson(after)) return [];
  const isFewer = namesWithin(after, before);
  const direction = !isFewer ? "widening" : namesWithin(before, after) ? "neutral" : "narrowing";
  return [{ ...about, kind: "tier-session-names", direction, before, after }];
}

function heldOn(tier: Tier): HeldOn {
  const { key, mfaAgeSeconds, sessionSeconds } = tier;
  return { tier: key, mfaAgeSeconds, sessionSeconds, ...namesOf(tier) };
}
