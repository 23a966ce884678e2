import { quote } from "../../text";
import type { ChangeOf } from "../access-change";
import { quotedNames } from "./lists";
import type { Predicates, Sentences } from "./tellers";
import { endText, isNothing, moreText, termsText, termText } from "./terms";

export const PEOPLE: Predicates<
  "holding-gained" | "holding-lost" | "holding-end" | "person-removed" | "person-spelled"
> = {
  "holding-gained": gained,
  "holding-lost": lost,
  "holding-end": ({ account, before, after }, many) =>
    `${many ? "hold" : "holds"} ${after.tier} in ${account} ${endText(after.until)} instead of ${endText(before.until)}`,
  "person-removed": removed,
  "person-spelled": ({ before }) =>
    `differs from ${quote(before)} only in case, and IAM treats them as the same name: it refuses the new user while the old one exists, and the old one is deleted with its password, access keys and MFA devices; keep the spelling ${quote(before)}`,
};

export const PEOPLE_SENTENCES: Sentences<"person-added" | "person-tags" | "team-grants"> = {
  "person-added": ({ person = "", after: { tags } }) =>
    tags.length === 0
      ? `the user ${quote(person)} is created`
      : `the user ${quote(person)} is created with the tags ${quotedNames(tags)}, which policies elsewhere may ask for`,
  "person-tags": ({ person = "", after: { tags } }) =>
    `other tags on ${quote(person)}: ${quotedNames(tags)}; policies elsewhere may ask for them`,
  "team-grants": ({ team, before, after }) => {
    const text = (grants: readonly string[]) => (grants.length === 0 ? "nothing" : grants.join(", "));
    return `the team ${quote(team)}, which has no members, is granted ${text(after)} instead of ${text(before)}`;
  },
};

function gained({ account, after, within, more }: ChangeOf<"holding-gained">, many: boolean): string {
  const gains = `${many ? "gain" : "gains"} ${after.tier} in ${account} (${termsText(after)})`;
  if (within !== undefined)
    return within.terms.length === 0
      ? `${gains}, which is no more than the ${within.tier} held before`
      : `${gains}: it allows no more actions than the ${within.tier} held before, but ${within.terms.map(termText).join(" and ")}`;
  if (more === undefined) return gains;
  const held = more.than.join(" and the ");
  if (isNothing(more)) return `${gains}: it combines what the ${held} held before allow separately`;
  const verb = more.than.length === 1 ? "does" : "do";
  return `${gains}: ${moreText(more, more.than.length === 0 ? "" : ` that the ${held} held before ${verb} not`)}`;
}

function lost({ account, before, still, leaves }: ChangeOf<"holding-lost">, many: boolean): string {
  const loses = `${many ? "lose" : "loses"} ${before.tier} in ${account}`;
  if (still === undefined) return `${loses}${leaves ? ", leaving the roster" : ""}`;
  return still.terms.length === 0
    ? `${loses}, which is no more than the ${still.tier} still held`
    : `${loses}: the ${still.tier} still held allows no fewer actions, but ${still.terms.map(termText).join(" and ")}`;
}

function removed({ person, user = "deleted" }: ChangeOf<"person-removed">, many: boolean): string {
  const leaves = `${many ? "leave" : "leaves"} the roster`;
  const offboard = `rolecall offboard ${many ? "NAME" : person}`;
  switch (user) {
    case "deleted":
      return `${leaves}: the IAM user is deleted with its password, access keys and MFA devices, and open role sessions go on until they end; ${offboard} ends them`;
    case "absent":
      return `${leaves}; Terraform's state has no such user, so the plans delete none; ${offboard} ends open role sessions`;
    case "kept":
      return `${leaves}, and the plans do not delete the IAM user: its password, access keys and MFA devices stay valid; ${offboard} ends open role sessions`;
  }
}
