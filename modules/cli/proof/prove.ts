import type { AccessClaims } from "../../proof/claims";
import { type Proof, prove as proveDocuments } from "../../proof/prove";
import { renderProof } from "../../report/proof";
import type { Context } from "../../machine/context";
import { managedPolicies, readCatalogue, readClaims, readReviewedLock } from "./proof-data";
import { type DocumentSource, type Documents, readDocuments } from "./proof-documents";

export interface ProveOptions extends DocumentSource {
  readonly json: boolean;
  /** Person, account and perhaps action and resource. */
  readonly explain?: readonly string[];
}

/**
 * Proves that documents grant exactly what the roster says and that no tier breaks its promise. Exit 0 proven, 1 not, 2 when
 * the roster or the documents could not be read.
 */
export async function prove(context: Context, options: ProveOptions): Promise<number> {
  if (options.explain) return explain(context, options.explain, options);
  const began = performance.now();
  const claims = await readClaims(context, options.roster, options.as);
  if (!claims) return 2;
  const documents = await readDocuments(context, options, claims);
  if (!documents) return 2;
  const proof = proveAll(context, claims, documents);
  const seconds = (performance.now() - began) / 1000;
  if (options.json) context.stdout(`${JSON.stringify({ schemaVersion: 1, command: "prove", ...proof })}\n`);
  else context.stdout(textOf(context, proof, documents, seconds));
  return proof.holds ? 0 : 1;
}

async function explain(context: Context, words: readonly string[], options: ProveOptions): Promise<number> {
  const [person, account, action, resource] = words;
  if (person === undefined || account === undefined) {
    context.stderr("--explain needs a person and an account: --explain dev.one@example.org testing ec2:RunInstances\n");
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
export function proveAll(context: Context, claims: AccessClaims, { accounts, setups, guards }: Documents): Proof {
  return proveDocuments({
    ...{ claims, documents: accounts, guards, lock: readReviewedLock(context) },
    ...(setups ? { setups } : {}),
    catalogue: readCatalogue(context),
    managed: managedPolicies(context),
    now: context.now,
  });
}

export function textOf(context: Context, proof: Proof, documents: Documents, seconds: number): string {
  const { date: catalogueDate } = readCatalogue(context);
  return renderProof(proof, { what: documents.what, accounts: documents.accounts.length, catalogueDate, seconds });
}
