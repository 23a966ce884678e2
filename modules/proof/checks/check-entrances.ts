import type { Catalogue } from "../../iam/catalogue";
import type { AccountDocuments } from "../../iam/account-documents";
import type { AccessClaims } from "../claims";
import { classifyAll } from "../entrances/classify";
import type { Breach, CheckResult } from "./breach";
import type { ManagedPolicies } from "./compiled-account";

/**
 * Nothing else in live accounts lets anybody in except through the roster. Nothing is asked of documents that only say what will be made: they do not
 * know what is there already.
 */
export function checkEntrances(
  claims: AccessClaims,
  documents: readonly AccountDocuments[],
  catalogue: Catalogue,
  managed: ManagedPolicies,
  now: number,
): CheckResult {
  const isLive = documents.some(({ inventory }) => inventory !== undefined);
  const unread = isLive ? documents.filter(({ inventory }) => inventory === undefined) : [];
  const all = isLive ? classifyAll({ claims, documents, catalogue, managed, now }) : [];
  const keys = new Map([claims.userAccount, ...claims.accounts].map(({ key, id }) => [id, key]));
  const breaches: Breach[] = [
    ...unread.map(({ id }) => ({
      claim: "not-read",
      account: keys.get(id) ?? id,
      message: `what else is in ${keys.get(id) ?? id} was not read`,
      deciding: [],
      cure: "let the deploy role read it, and run this again",
    })),
    ...all
      .filter(({ kind }) => kind === "finding" || kind === "unknown")
      .map(({ code, account, message, cure }) => ({ claim: code, account, message, deciding: [], cure })),
  ];
  return {
    title: "nobody and nothing gets in except through the roster",
    questions: all.length + unread.length,
    breaches,
  };
}
