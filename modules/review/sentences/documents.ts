import { quote } from "../../text";
import { duration } from "../../words";
import type { ChangeOf } from "../access-change";
import type { DocumentChange, IamIdentity, RightsChange, RoleChange, RoleHeld } from "../changes/documents";
import type { Predicates, Sentences } from "./tellers";
import { endText } from "./terms";

/** `role "operator"`. */
export function identityText({ type, name }: IamIdentity): string {
  return `${type} ${quote(name)}`;
}

type OfPeople = "role-gained" | "role-lost" | "role-end";

export const DOCUMENTS: Sentences<
  Exclude<DocumentChange["kind"], OfPeople | RoleChange["kind"] | RightsChange["kind"]>
> = {
  "identity-added": ({ identity }) => `${identityText(identity)} is created`,
  "identity-removed": ({ identity }) => `${identityText(identity)} is deleted`,
  "identity-path": ({ identity, before, after }) =>
    `${identityText(identity)} has the path ${quote(after)} instead of ${quote(before)}`,
  "identity-name-unused": ({ identity }) =>
    `the ${identity.type} ${quote(identity.name)} no longer has this name, and is not deleted`,
  "policy-added": ({ policy, held }) =>
    held
      ? `policy ${quote(policy)} is created`
      : `policy ${quote(policy)}, held by nobody, is created and gives rights`,
  "policy-removed": ({ policy }) => `policy ${quote(policy)} is deleted`,
  "policy-rights": ({ policy }) => `policy ${quote(policy)}, held by nobody, gives other rights`,
  "empty-group-added": ({ group }) => `group ${quote(group)}, without members, is created and gives rights`,
  "empty-group-rights": ({ group }) => `group ${quote(group)}, without members, gives other rights`,
  "member-added": ({ person = "", group }) =>
    `${quote(person)}, who is not in the roster, joins the group ${quote(group)}`,
  "member-removed": ({ person = "", group }) =>
    `${quote(person)}, who is not in the roster, leaves the group ${quote(group)}`,
  "not-judged": ({ reason }) => reason,
};

export const DOCUMENTS_OF_PEOPLE: Predicates<OfPeople> = {
  "role-gained": (change, many) =>
    `${many ? "gain" : "gains"} ${roleText(change)}${change.after.until === undefined ? "" : ` (${endText(change.after.until)})`}`,
  "role-lost": (change, many) => `${many ? "lose" : "loses"} ${roleText(change)}`,
  "role-end": (change, many) =>
    `${many ? "hold" : "holds"} ${roleText(change)} ${endText(change.after.until)} instead of ${endText(change.before.until)}`,
};

function roleText({
  role: { arn, tier },
  account,
}: {
  readonly role: RoleHeld;
  readonly account?: string | undefined;
}) {
  return tier === undefined ? quote(arn) : `${tier} in ${account}`;
}

export const TRUST: Sentences<RoleChange["kind"]> = {
  "trust-added": ({ role, principal }) => `role ${quote(role)} trusts ${principalText(principal)}`,
  "trust-removed": ({ role, principal }) => `role ${quote(role)} no longer trusts ${principalText(principal)}`,
  "trust-conditions": ({ role }) => `role ${quote(role)} trusts others, or under other conditions`,
  "trust-mfa": ({ role, after }) => `role ${quote(role)} ${after ? "now" : "no longer"} needs MFA`,
  "trust-mfa-age": mfaAge,
  "trust-session-name-added": ({ role, name }) =>
    `role ${quote(role)} accepts sessions called ${quote(name)} from everybody it trusts`,
  "trust-session-name-removed": ({ role, name }) =>
    `role ${quote(role)} no longer accepts sessions called ${quote(name)}`,
  "role-session": ({ role, before, after }) =>
    `sessions of role ${quote(role)} last ${lasting(after)} instead of ${lasting(before)}`,
};

function principalText(principal: string): string {
  return principal === "*" ? "everybody" : quote(principal);
}

function mfaAge({ role, before, after }: ChangeOf<"trust-mfa-age">): string {
  const what = `MFA for role ${quote(role)}`;
  if (after === undefined) return `${what} may have any age`;
  return before === undefined
    ? `${what} now has a maximum age`
    : `${what} may be ${duration(after)} old instead of ${duration(before)}`;
}

function lasting(seconds: number | undefined): string {
  return seconds === undefined ? "an unknown time" : duration(seconds);
}
