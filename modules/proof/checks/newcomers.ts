import type { AccountDocuments } from "../../iam/account-documents";
import { userArn } from "../../iam/arn";
import type { AccessClaims, ClaimedNewcomer } from "../claims";

/**
 * The claims and documents with the people who may come: a user in each team's groups, with nothing of their own. What a group
 * gives that has no members, or only members who have more by other ways, shows in no one else.
 */
export function withNewcomers(
  claims: AccessClaims,
  documents: readonly AccountDocuments[],
): { readonly claims: AccessClaims; readonly documents: readonly AccountDocuments[] } {
  const { userAccount, people } = claims;
  const newcomers = namedApart(claims, documents);
  return {
    claims: {
      ...claims,
      people: [
        ...people,
        ...newcomers.map(({ name, grants, place }) => ({
          ...{ isNewcomer: true as const, name, grants, place },
          arn: userArn(userAccount, "/", name),
        })),
      ],
    },
    documents: documents.map((account) => (account.id === userAccount.id ? joined(account, newcomers) : account)),
  };
}

/** Under names that nobody has. */
function namedApart(
  { people, newcomers }: AccessClaims,
  documents: readonly AccountDocuments[],
): readonly ClaimedNewcomer[] {
  const users = documents.flatMap((account) => account.users);
  const taken = new Set([...people, ...users].map(({ name }) => name.toLowerCase()));
  const free = (name: string): string => (taken.has(name.toLowerCase()) ? free(`${name}x`) : name);
  return newcomers.map((newcomer) => ({ ...newcomer, name: free(newcomer.name) }));
}

function joined(account: AccountDocuments, newcomers: readonly ClaimedNewcomer[]): AccountDocuments {
  return {
    ...account,
    users: [...account.users, ...newcomers.map(userOf)],
    groups: account.groups.map((group) => ({
      ...group,
      members: [
        ...group.members,
        ...newcomers.filter(({ groups }) => groups.includes(group.name)).map(({ name }) => name),
      ],
    })),
  };
}

function userOf({ name }: ClaimedNewcomer): AccountDocuments["users"][number] {
  return { kind: "user", name, path: "/", inline: new Map(), attached: [] };
}
