import type { AccountDocuments } from "../../iam/account-documents";

/** Why a stack or a plan is not the whole truth, and the accounts it leads to. */
interface Doubt {
  readonly text: string;
  readonly ids: readonly string[];
}

/** Each doubt as an unknown of the first of its own accounts; of the first of all, when it leads to none. */
export function withUnknowns(
  accounts: readonly AccountDocuments[],
  doubts: readonly Doubt[],
): readonly AccountDocuments[] {
  const known = new Set(accounts.map(({ id }) => id));
  const placeOf = ({ ids }: Doubt) => ids.find((id) => known.has(id)) ?? accounts[0]?.id ?? NOWHERE;
  const placed = doubts.map((doubt) => ({ text: doubt.text, id: placeOf(doubt) }));
  const all = accounts.length > 0 || doubts.length === 0 ? accounts : [nothing()];
  return all.map((account) => {
    const own = placed.filter(({ id }) => id === account.id).map(({ text }) => text);
    return own.length === 0 ? account : { ...account, unknowns: [...account.unknowns, ...own] };
  });
}

/** What `documentsOf` calls the account of resources that have none. */
const NOWHERE = "unknown";

function nothing(): AccountDocuments {
  return { id: NOWHERE, partition: "aws", users: [], groups: [], roles: [], policies: new Map(), unknowns: [] };
}
