import type { RoleDocuments } from "../../iam/account-documents";
import { quote } from "../../text";
import type { ClaimedPerson } from "../claims";
import type { Classified } from "./classified";
import { type AccountPlace, arnOf, sayOf, standingRole } from "./place";
import { readTrust } from "./read-trust";
import type { Taking } from "./takers";

/** A person who takes a role that the roster does not grant. */
interface PersonTaking {
  readonly person: ClaimedPerson;
  readonly taking: Taking;
  /** Whether the role's trust asks for MFA; their own policies may ask for it as well. */
  readonly isMfaAsked: boolean;
}

/** Every person of the roster who takes the role directly, by their own policies and its trust, with the weakest sign-in that is enough. */
function peopleWhoTake(place: AccountPlace, role: RoleDocuments): readonly PersonTaking[] {
  const { claims, account, takers } = place;
  const standing = standingRole(place, role);
  const concerns = readTrust(role.trust, account.id).some(
    (opening) => ["anybody", "unreadable"].includes(opening.kind) || opening.account === claims.userAccount.id,
  );
  if (!standing || !concerns) return [];
  return claims.people.flatMap((person) => {
    const taking = takers.byPerson(person, standing);
    return taking ? [{ person, taking, isMfaAsked: !takers.asksNoMfa(person, standing) }] : [];
  });
}

/** `isAllowed`: who may, as long as the role's trust asks for MFA. */
export function personFindings(
  place: AccountPlace,
  role: RoleDocuments,
  isAllowed: (person: ClaimedPerson) => boolean,
): readonly Classified[] {
  const taken = peopleWhoTake(place, role).filter(({ person, isMfaAsked }) => !(isAllowed(person) && isMfaAsked));
  const [first] = taken;
  if (!first) return [];
  const { person, taking, isMfaAsked } = first;
  const others = taken.length === 1 ? "" : ` and ${taken.length - 1} more people`;
  const verb = taking.verdict === "unknown" ? "can perhaps" : "can";
  const arn = arnOf(place, role);
  const how = taking.signIn.sinceMfa === undefined ? taking.signIn.what : "with MFA";
  const parts = [
    `${quote(person.name)}${others} ${verb} take ${quote(arn)} ${how}`,
    ...(isAllowed(person) ? [] : ["the roster grants that role to nobody"]),
    ...(isMfaAsked ? [] : ["its trust does not ask for MFA"]),
  ];
  const cure = isAllowed(person)
    ? "ask for MFA in the role's trust policy: Bool aws:MultiFactorAuthPresent true"
    : "remove them from the role's trust policy, or remove the policy that lets them take it";
  return [sayOf(place, arn).finding("person-takes-role", parts.join("; "), cure)];
}
