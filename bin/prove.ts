import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../modules/access/claims";
import { formatFinding } from "../modules/finding";
import { type Catalogue, parseCatalogue } from "../modules/iam/catalogue";
import type { ManagedPolicies } from "../modules/proof/checks/compiled-account";
import type { AccessClaims } from "../modules/proof/claims";
import { type Proof, prove as proveDocuments } from "../modules/proof/prove";
import { renderProof } from "../modules/report/proof";
import type { Context } from "./context";
import { type DocumentSource, type Documents, readDocuments } from "./proof-documents";
import { readRoster } from "./read-roster";

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
  const claims = await readClaims(context, options.roster);
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
export function proveAll(context: Context, claims: AccessClaims, { accounts }: Documents): Proof {
  return proveDocuments({
    claims,
    documents: accounts,
    catalogue: readCatalogue(context),
    managed: managedPolicies(context),
    now: context.now,
  });
}

export function textOf(context: Context, proof: Proof, documents: Documents, seconds: number): string {
  const { date: catalogueDate } = readCatalogue(context);
  return renderProof(proof, { what: documents.what, accounts: documents.accounts.length, catalogueDate, seconds });
}

/** What the roster claims; its findings go to standard error. */
export async function readClaims(context: Context, path?: string): Promise<AccessClaims | undefined> {
  const roster = await readRoster(context, path);
  for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
  return roster.ok ? claimAccess(roster.value) : undefined;
}

/** Texts of AWS's own policies by ARN: dated files, refreshed by `npm run refresh:managed-policies`. */
export function managedPolicies({ home }: Context): ManagedPolicies {
  const folder = join(home, "modules/iam/managed-policies");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return new Map(
    files.map((name) => {
      const { arn, document } = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
        arn: string;
        document: unknown;
      };
      return [arn, document];
    }),
  );
}

let catalogue: Catalogue | undefined;

/** Read once: it is half a megabyte. */
export function readCatalogue({ home }: Context): Catalogue {
  catalogue ??= parseCatalogue(readFileSync(join(home, "modules/iam/catalogue.json"), "utf8"));
  return catalogue;
}
