import type { AccessClaims } from "../../proof/claims";
import { jsonText } from "../json-text";
import { type Proof, proveDocuments } from "../../proof/prove";
import { renderProof } from "../../report/proof";
import { countOf } from "../../words";
import type { Context } from "../../machine/context";
import { managedPolicies, readCatalogue, readClaims, readReviewedLock } from "./proof-data";
import { claimsOfRead, type UnreadAccount } from "./live-accounts";
import { type DocumentSource, type Documents, readDocuments } from "./proof-documents";

export interface ProveOptions extends DocumentSource {
  readonly json: boolean;
  /** Person, account and perhaps action and resource. */
  readonly explain?: readonly string[];
}

/**
 * Proves that documents grant exactly what the roster says and that no tier breaks its promise. Exit 0 proven, 1 not, 2 when
 * the roster or the documents of any account could not be read.
 */
export async function prove(context: Context, options: ProveOptions): Promise<number> {
  if (options.explain) return explain(context, options.explain, options);
  const began = performance.now();
  const claims = await readClaims(context, options.roster, options.as);
  if (!claims) return 2;
  const documents = await readDocuments(context, options, claims);
  if (!documents) return 2;
  const { unread } = documents;
  if (unread.length > 0) return provePart(context, claims, documents, options);
  const proof = proveAll(context, claims, documents);
  const seconds = (performance.now() - began) / 1000;
  if (options.json) context.stdout(jsonText("prove", proof));
  else context.stdout(textOf(context, proof, documents, seconds));
  return proof.holds ? 0 : 1;
}

/**
 * What can be said where accounts could not be read: what is wrong in the others. Nothing is proven, for a person's rights and a
 * role's trust lie in two accounts. Exit 2.
 */
function provePart(
  context: Context,
  claims: AccessClaims,
  documents: Documents,
  { json }: Pick<ProveOptions, "json">,
): number {
  const { unread, accounts } = documents;
  const hasUsers = accounts.some(({ id }) => id === claims.userAccount.id);
  const checks = hasUsers ? proveAll(context, claimsOfRead(claims, unread), documents).checks : [];
  const breaches = checks.flatMap((check) => check.breaches);
  if (json) context.stdout(jsonText("prove", { holds: false, unread, breaches }));
  else context.stdout(partText(unread, accounts.length, hasUsers ? breaches : undefined));
  return 2;
}

function partText(
  unread: readonly UnreadAccount[],
  read: number,
  breaches: readonly { readonly message: string; readonly cure: string }[] | undefined,
): string {
  const names = unread.map(({ account }) => account).join(", ");
  const found =
    breaches === undefined
      ? ["without the user account nothing can be judged"]
      : breaches.flatMap(({ message, cure }) => [`FAILS  ${message}`, `         ${cure}`]);
  const rest =
    breaches?.length === 0
      ? [`nothing wrong was found in the ${countOf(read, "account", "accounts")} that were read`]
      : [];
  return [...found, ...rest, `NOT proven: ${names} could not be read`, ""].join("\n");
}

async function explain(context: Context, words: readonly string[], options: ProveOptions): Promise<number> {
  const [person, account, action, resource, ...more] = words;
  if (person === undefined || account === undefined || more.length > 0) {
    context.stderr(
      "--explain takes a person, an account, perhaps an action and a resource: --explain dev.one@example.org testing ec2:RunInstances\n",
    );
    return 2;
  }
  const { can } = await import("./can");
  const asked = {
    person,
    account,
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
  };
  return can(context, asked, { ...options, explain: true });
}

/** The proof of these documents, with the catalogue and the managed policies that lie in the project. */
export function proveAll(
  context: Context,
  claims: AccessClaims,
  { accounts, setups, guards }: Omit<Documents, "what" | "unread">,
): Proof {
  return proveDocuments({
    ...{ claims, documents: accounts, guards, lock: readReviewedLock(context) },
    ...(setups ? { setups } : {}),
    catalogue: readCatalogue(context),
    managed: managedPolicies(context),
    now: context.now,
  });
}

export function textOf(context: Context, proof: Proof, documents: Omit<Documents, "unread">, seconds: number): string {
  const { date: catalogueDate } = readCatalogue(context);
  return renderProof(proof, { what: documents.what, accounts: documents.accounts.length, catalogueDate, seconds });
}
