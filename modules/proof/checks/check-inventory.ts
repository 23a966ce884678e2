import type { AccountDocuments } from "../../iam/account-documents";
import { compareText, quote } from "../../text";
import type { AccessClaims } from "../claims";
import type { Breach, Checked } from "./breach";

/**
 * Nothing that gives rights exists beside what the roster asks for: no other user, no stranger in a group, no other tier role
 * under the path of one, and nothing that could not be judged. Other roles of a workload account are its own business.
 */
export function checkInventory(claims: AccessClaims, documents: readonly AccountDocuments[]): Checked {
  const breaches: Breach[] = [];
  const people = new Set(claims.people.map(({ name }) => name));
  const arns = new Set(claims.roles.map(({ arn }) => arn));
  const keys = new Map([claims.userAccount, ...claims.accounts].map(({ key, id }) => [id, key]));
  let questions = 0;
  const breach = (account: string, claim: string, message: string, cure: string) =>
    breaches.push({ claim, account, message, cure, deciding: [] });
  for (const { id, users, groups, roles, unknowns } of documents) {
    const account = keys.get(id) ?? id;
    questions += users.length + groups.length + roles.length + unknowns.length;
    if (!keys.has(id))
      breach(
        account,
        "unknown-account",
        `${quote(id)} is no account of the roster`,
        "add it, or remove what is made there",
      );
    for (const { name } of users) {
      if (id !== claims.userAccount.id)
        breach(account, "user-outside", `the user ${quote(name)} is in ${account}, which has no users`, "remove it");
      else if (!people.has(name))
        breach(account, "unknown-user", `the user ${quote(name)} is not in the roster`, "remove it, or add the person");
    }
    for (const { name, members } of groups) {
      for (const member of members.filter((each) => !people.has(each)))
        breach(
          account,
          "unknown-member",
          `the group ${quote(name)} holds ${quote(member)}, who is not in the roster`,
          "remove the member",
        );
    }
    for (const role of roles) {
      const arn = `arn:aws:iam::${id}:role${role.path}${role.name}`;
      if (!arns.has(arn))
        breach(account, "unknown-role", `the role ${quote(arn)} is not in the roster`, "remove it, or add its tier");
    }
    for (const unknown of unknowns) breach(account, "not-judged", unknown, "make it judgeable, or remove it");
  }
  for (const { id, key } of [claims.userAccount, ...claims.accounts]) {
    questions++;
    if (!documents.some((each) => each.id === id))
      breach(key, "account-missing", `there are no documents of ${key} (${id})`, "synthesize or read every account");
  }
  return {
    title: "nothing exists beside what the roster asks for",
    questions,
    breaches: breaches.sort((a, b) => compareText(a.message, b.message)),
  };
}
