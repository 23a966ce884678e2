import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { PersonRole } from "../person-roles";

/** A name a person types for a role, such as `testing-operator`, or `testing` for the weakest there. */
export interface Profile {
  readonly name: string;
  readonly role: PersonRole;
  /** What `<account>-<tier>` is, whatever prefix or short form the name has. */
  readonly roleKey: string;
  /** True for an account's own name. */
  readonly short: boolean;
}

/** Section names that clients or the files' own rules give another meaning. Sources: botocore `configloader`, AWS CLI `[plugins]`, `[preview]`. */
const MEANINGFUL = ["default", "plugins", "preview", "services", "profile", "sso-session"];

/**
 * A profile for each role and, after an account's own, one named after the account alone for the weakest role there. A short
 * name that would be another profile's, or means something to clients, is left out. Throws when two roles have one name:
 * accounts and tiers both may have hyphens.
 */
export function profilesOf(roles: readonly PersonRole[], prefix: string): readonly Profile[] {
  const full = roles.map((role) => {
    const roleKey = `${role.account}-${role.tier}`;
    return { name: `${prefix}${roleKey}`, role, roleKey, short: false };
  });
  const names = new Set<string>();
  for (const { name } of full) {
    if (names.has(name))
      throw new Refusal(`two roles would both be the profile ${quote(name)}; give an account or a tier another name`);
    names.add(name);
  }
  return [...new Set(roles.map(({ account }) => account))].flatMap((account) => {
    const here = full.filter(({ role }) => role.account === account);
    const weakest = here.find(({ role }) => role === weakestRole(here.map((each) => each.role)));
    const name = `${prefix}${account}`;
    const short = weakest && !names.has(name) && !MEANINGFUL.includes(name) ? [{ ...weakest, name, short: true }] : [];
    return [...here, ...short];
  });
}

/**
 * From weak to strong: spectators read, own tiers are inside the operator's boundary, operators change, administrators may do all.
 * Of several own tiers the last by name, for want of an order between them.
 */
export function weakestRole(roles: readonly PersonRole[]): PersonRole | undefined {
  return [...roles].sort((a, b) => weakness(a) - weakness(b)).at(-1);
}

const STRONG = ["administrator", "operator"];

function weakness({ tier }: PersonRole): number {
  return tier === "spectator" ? 3 : STRONG.includes(tier) ? STRONG.indexOf(tier) : 2;
}
