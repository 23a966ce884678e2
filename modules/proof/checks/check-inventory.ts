import type { AccountDocuments } from "../../iam/account-documents";
import { compareText, quote } from "../../text";
import type { AccessClaims } from "../claims";
import type { Breach, CheckResult } from "./breach";
import { extraObjects, type Extra } from "./extra-objects";
import { repeatedNames } from "./repeated-names";

/**
 * Everything that exists is expected: no other user, group or policy, whether or not somebody holds it; no stranger in a group;
 * no other role among those that were read; nothing more on any of them; and nothing that could not be judged. What is
 * expected is judged by the other checks, so that its name alone proves nothing.
 */
export function checkInventory(claims: AccessClaims, documents: readonly AccountDocuments[]): CheckResult {
  const keys = new Map([claims.userAccount, ...claims.accounts].map(({ key, id }) => [id, key]));
  const found = [
    ...documents.flatMap((account) => ofAccount(account, claims, keys)),
    ...missingAccounts(claims, documents),
  ];
  const count = ({ users, groups, roles, policies, unknowns }: AccountDocuments) =>
    users.length + groups.length + roles.length + policies.size + unknowns.length;
  return {
    title: "nothing exists except what the roster asks for",
    questions: documents.reduce((sum, account) => sum + count(account), 0) + keys.size,
    breaches: found.sort((a, b) => compareText(a.message, b.message)),
  };
}

function ofAccount(
  documents: AccountDocuments,
  claims: AccessClaims,
  keys: ReadonlyMap<string, string>,
): readonly Breach[] {
  const { id, unknowns } = documents;
  const account = keys.get(id) ?? id;
  const breach = ({ claim, message, cure }: Extra): Breach => ({ claim, account, message, cure, deciding: [] });
  return [
    ...(keys.has(id)
      ? []
      : [
          breach({
            claim: "unknown-account",
            message: `${quote(id)} is not an account of the roster`,
            cure: "add it, or remove what is made there",
          }),
        ]),
    ...(id === claims.userAccount.id ? [] : usersOutside(documents, account)).map(breach),
    ...extraObjects(claims, documents).map(breach),
    ...strangeMembers(claims, documents).map(breach),
    ...repeatedNames(documents).map((message) =>
      breach({ claim: "repeated-name", message, cure: "leave one of them, and apply" }),
    ),
    ...unknowns.map((message) =>
      breach({ claim: "not-judged", message, cure: "remove it, or write it in a way that can be judged" }),
    ),
  ];
}

function usersOutside({ users }: AccountDocuments, account: string): readonly Extra[] {
  return users.map(({ name }) => ({
    claim: "user-outside",
    message: `the user ${quote(name)} is in ${account}, which has no users`,
    cure: "remove it",
  }));
}

function strangeMembers({ people }: AccessClaims, { groups }: AccountDocuments): readonly Extra[] {
  const names = new Set(people.map(({ name }) => name));
  return groups.flatMap(({ name, members }) =>
    members
      .filter((member) => !names.has(member))
      .map((member) => ({
        claim: "unknown-member",
        message: `the group ${quote(name)} holds ${quote(member)}, who is not in the roster`,
        cure: "remove the member",
      })),
  );
}

function missingAccounts(claims: AccessClaims, documents: readonly AccountDocuments[]): readonly Breach[] {
  return [claims.userAccount, ...claims.accounts].flatMap(({ id, key: account }): readonly Breach[] => {
    const found = documents.filter((each) => each.id === id).length;
    if (found === 1) return [];
    return found === 0
      ? [
          {
            ...{ claim: "account-missing", account, deciding: [] },
            message: `there are no documents of ${account} (${id})`,
            cure: "synthesize or read every account",
          },
        ]
      : [
          {
            ...{ claim: "account-repeated", account, deciding: [] },
            message: `${account} (${id}) has ${found} sets of documents, and only one of them can be right`,
            cure: "give each account once",
          },
        ];
  });
}
