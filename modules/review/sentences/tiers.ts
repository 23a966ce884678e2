import { countOf, duration } from "../../words";
import type { ChangeOf } from "../access-change";
import { quotedNames } from "./lists";
import type { Sentences } from "./tellers";
import { isNothing, moreText, termsText } from "./terms";

export const TIERS: Sentences<
  "tier-added" | "tier-removed" | "tier-renamed" | "tier-mfa-age" | "tier-session" | "tier-session-names"
> = {
  "tier-added": added,
  "tier-removed": ({ before, holders }) =>
    `the tier ${before.tier}${heldBy(holders)} is removed: its roles are deleted, and open sessions of them can do nothing more`,
  "tier-renamed": ({ before, after }) =>
    `the tier ${before} is called ${after}: its roles are deleted and made under the new name, and open sessions of the old ones can do nothing more`,
  "tier-mfa-age": ({ tier, before, after, holders }) =>
    `${tier}: MFA may be ${duration(after)} old instead of ${duration(before)}, ${forWhom(holders)}`,
  "tier-session": ({ tier, before, after, holders }) =>
    `${tier}: sessions last ${duration(after)} instead of ${duration(before)}, ${forWhom(holders)}`,
  "tier-session-names": otherNames,
};

function added({ after, more, holders, replaces }: ChangeOf<"tier-added">): string {
  const tier = `the new tier ${after.tier} (${termsText(after)}${holders === 0 ? ", nobody holds it now" : ""})`;
  if (replaces !== undefined) return `${tier} takes the place of ${replaces} and allows no more`;
  return isNothing(more)
    ? `${tier} is a role in every account and allows nothing`
    : `${tier} is a role in every account: ${moreText(more)}`;
}

function otherNames({ tier, before, after, holders }: ChangeOf<"tier-session-names">): string {
  if (after.length === 0)
    return `${tier}: sessions may only have their person's name, and no longer ${quotedNames(before)}, ${forWhom(holders)}`;
  const was = before.length === 0 ? "" : ` instead of ${quotedNames(before)}`;
  return `${tier}: sessions may be called ${quotedNames(after)}${was}, in addition to their person's name, ${forWhom(holders)}; such a session does not name its person, and can only be ended together with everybody's`;
}

function forWhom(holders: number): string {
  return holders === 0 ? "which nobody holds now" : `for ${countOf(holders, "person", "people")}`;
}

function heldBy(holders: number): string {
  return holders === 0 ? ", which nobody held," : `, held by ${countOf(holders, "person", "people")},`;
}
