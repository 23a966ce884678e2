import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import { compareText, quote } from "../../text";
import type { AccessClaims } from "../claims";
import type { Breach, CheckResult } from "./breach";
import type { ManagedPolicies } from "./compiled-account";

/**
 * The text of every policy that somebody holds is at hand. One that is not may say anything: within a boundary whose text is at
 * hand the other checks take it for everything the boundary allows, which is said; elsewhere nothing is proven.
 */
export function checkTexts(
  claims: AccessClaims,
  documents: readonly AccountDocuments[],
  managed: ManagedPolicies,
): CheckResult {
  const keys = new Map([claims.userAccount, ...claims.accounts].map(({ key, id }) => [id, key]));
  const breaches: Breach[] = [];
  const notes: string[] = [];
  let questions = 0;
  for (const { id, users, groups, roles, policies } of documents) {
    const account = keys.get(id) ?? id;
    const isHere = (arn: string) => (policies.get(arn) ?? managed.get(arn)) !== undefined;
    for (const holder of [...users, ...groups, ...roles] as readonly PolicyHolder[]) {
      const { kind, name, attached, boundary } = holder;
      const who = `the ${kind} ${quote(name)} in ${account}`;
      questions += attached.length + (boundary === undefined ? 0 : 1);
      if (boundary !== undefined && !isHere(boundary))
        breaches.push(missing(account, `the text of ${quote(boundary)}, the boundary of ${who}, is not available`));
      for (const arn of attached.filter((each) => !isHere(each))) {
        const what = `the text of ${quote(arn)} on ${who} is not available`;
        if (boundary !== undefined && isHere(boundary))
          notes.push(`${what}; it is treated as allowing everything that the boundary ${quote(boundary)} allows`);
        else breaches.push(missing(account, `${what}, and no boundary bounds it`));
      }
    }
  }
  return {
    title: "the text of every policy is available, or a boundary bounds it",
    questions,
    breaches,
    ...(notes.length === 0 ? {} : { notes: notes.sort(compareText) }),
  };
}

function missing(account: string, message: string): Breach {
  const cure =
    "write its statements into the tier (allow, deny), or remove it; the texts of AWS's own policies are in modules/iam";
  return { claim: "text-at-hand", account, message, cure, deciding: [] };
}
