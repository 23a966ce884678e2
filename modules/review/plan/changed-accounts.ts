import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import { stableJson } from "../../text";

/** Ids of the accounts whose documents are not the same on both sides, sorted: only the plans of these can do anything. */
export function changedAccounts(
  before: readonly AccountDocuments[],
  after: readonly AccountDocuments[],
): readonly string[] {
  const old = new Map(before.map((account) => [account.id, textOf(account)]));
  const now = new Map(after.map((account) => [account.id, textOf(account)]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id)).sort();
}

function textOf({ users, groups, roles, policies }: AccountDocuments): string {
  const holder = (item: PolicyHolder) => ({ ...item, inline: [...item.inline] });
  return stableJson({ holders: [...users, ...groups, ...roles].map(holder), policies: [...policies] });
}
