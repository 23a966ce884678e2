import type { AccountDocuments } from "../../iam/account-documents";
import type { AccessClaims, ClaimedNewcomer } from "../claims";

/**
 * The claims and documents with the people who may come: a user in each team's groups, with nothing of their own. What a group
 * gives that has no members, or only members who have more by other ways, shows in no one else.
 */
export function withNewcomers(
  claims: AccessClaims,
  documents: readonly AccountDocuments[],
): { readonly claims: AccessClaims; readonly documents: readonly AccountDocuments[] } {
  const { userAccount, people, newcomers } = claims;
  const join = (account: AccountDocuments): AccountDocuments => ({
    ...account,
    users: [...account.users, ...newcomers.map(userOf)],
    groups: account.groups.map((group) => ({
      ...group,
      members: [
        ...group.members,
        ...newcomers.filter(({ groups }) => groups.includes(group.name)).map(({ who }) => who),
      ],
    })),
  });
  return {
    claims: {
      ...claims,
      people: [
        ...people,
        ...newcomers.map(({ who: name, grants, place }) => ({
          ...{ name, grants, place },
          arn: `arn:aws:iam::${userAccount.id}:user/${name}`,
        })),
      ],
    },
    documents: documents.map((account) => (account.id === userAccount.id ? join(account) : account)),
  };
}

function userOf({ who: name }: ClaimedNewcomer): AccountDocuments["users"][number] {
  return { kind: "user", name, path: "/", inline: new Map(), attached: [] };
}
