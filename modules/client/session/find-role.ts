import { Refusal } from "../../refusal";
import { didYouMean, quote } from "../../text";
import type { PersonRole } from "../person-roles";
import { weakestRole } from "../profiles/profile";

/** The roles that still hold at `now`: what was read from a roster earlier may have ended since. */
export function currentRoles(roles: readonly PersonRole[], nowMs: number): readonly PersonRole[] {
  return roles.filter(({ until }) => until === undefined || nowMs < Date.parse(until));
}

/**
 * The role a client profile is for: `<account>-<tier>`, or just `<account>` for the weakest tier held there. Throws with
 * what is there instead.
 */
export function roleOfProfile(roles: readonly PersonRole[], profile: string, person: string): PersonRole {
  const [role, ...more] = roles.filter(({ account, tier }) => `${account}-${tier}` === profile);
  if (more.length > 0)
    throw new Refusal(`the profile ${quote(profile)} could be two roles; use: rolecall exec <account> <tier>`);
  const found = role ?? weakestRole(roles.filter(({ account }) => account === profile));
  if (found !== undefined) return found;
  const names = roles.flatMap(({ account, tier }) => [`${account}-${tier}`, account]);
  throw new Refusal(
    `${person} has no profile ${quote(profile)} in the roster (any more)${didYouMean(profile, names)}; ${heldText(roles)}`,
  );
}

/** The role of this tier in this account; without a tier the weakest held there. Throws with what is there instead. */
export function roleOf(
  roles: readonly PersonRole[],
  account: string,
  tier: string | undefined,
  person: string,
): PersonRole {
  const there = roles.filter((role) => role.account === account);
  if (there.length === 0) {
    const accounts = roles.map((role) => role.account);
    throw new Refusal(
      `${person} has no role in an account ${quote(account)}${didYouMean(account, accounts)}; ${heldText(roles)}`,
    );
  }
  const found = tier === undefined ? weakestRole(there) : there.find((role) => role.tier === tier);
  if (found !== undefined) return found;
  const near = didYouMean(
    tier ?? "",
    there.map((role) => role.tier),
  );
  throw new Refusal(`${person} has no tier ${quote(tier ?? "")} in ${account}${near}; ${heldText(there)}`);
}

const MOST_NAMED = 12;

function heldText(roles: readonly PersonRole[]): string {
  if (roles.length === 0) return "the roster grants no role at all today";
  const names = roles.slice(0, MOST_NAMED).map(({ account, tier }) => `${account} ${tier}`);
  const more = roles.length > MOST_NAMED ? ` and ${roles.length - MOST_NAMED} more` : "";
  return `the roster grants ${names.join(", ")}${more}`;
}
