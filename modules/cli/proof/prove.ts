import type { Context } from "../../machine/context";
import type { AccessClaims } from "../../proof/claims";
import { type Proof, proveDocuments } from "../../proof/prove";
import { Refusal } from "../../refusal";
import { renderPartialProof, renderProof } from "../../report/proof";
import type { Answer } from "../answer";
import { define } from "../command";
import { asFlag, jsonFlag, rosterFlag } from "../flags";
import { claimsOfRead } from "./live-accounts";
import { expectClaims, managedPolicies, readCatalogue, readReviewedLock } from "./proof-data";
import { type DocumentSource, type Documents, readDocuments, unreadLines } from "./proof-documents";

/**
 * Proves that documents grant exactly what the roster says and that no tier breaks its promise. Exit 0 proven, 1 not, 2 when
 * the roster or the documents of any account could not be read.
 */
export const prove = define(
  {
    name: "prove",
    about: "prove offline that the documents grant exactly what the roster says, and no tier more than it promises",
    schemaVersion: 2,
    usage: (command) =>
      command
        .option("--synth <dir>", "judge this synth output instead of synthesizing")
        .option(
          "--plan <file...>",
          "judge plans: the folder of `rolecall plan`, or what `terraform show -json` prints of each stack's plan (- for standard input)",
        )
        .option("--live", "judge what the accounts really hold, read through their deploy roles")
        .addOption(asFlag("the plans or stacks were made with this role of each account (rolecall plan --as)"))
        .option("--explain <person-account-action...>", "explain instead what one person can do in one account")
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { explain: words, ...source }) => {
    if (words !== undefined) return explain(context, words, source);
    const began = performance.now();
    const { claims, findings } = await expectClaims(context, source.roster, source.as);
    const documents = await readDocuments(context, source, claims);
    if (documents.unread.length > 0) return { ...provePart(context, claims, documents), findings };
    const proof = proveAll(context, claims, documents);
    const seconds = (performance.now() - began) / 1000;
    return {
      exit: proof.holds ? 0 : 1,
      findings,
      data: proof,
      text: proofText(context, proof, documents, seconds),
    };
  },
);

/**
 * What can be said where accounts could not be read: what is wrong in the others. Nothing is proven, because a person's rights and
 * a role's trust are in two accounts. Exit 2.
 */
function provePart(context: Context, claims: AccessClaims, documents: Documents): Answer {
  const { unread, accounts } = documents;
  const hasUsers = accounts.some(({ id }) => id === claims.userAccount.id);
  const checks = hasUsers ? proveAll(context, claimsOfRead(claims, unread), documents).checks : [];
  const breaches = checks.flatMap((check) => check.breaches);
  const names = unread.map(({ account }) => account);
  return {
    exit: 2,
    data: { holds: false, unread, breaches },
    text: renderPartialProof(names, accounts.length, hasUsers ? breaches : undefined),
    talk: unreadLines(unread),
  };
}

async function explain(context: Context, words: readonly string[], source: DocumentSource): Promise<Answer> {
  const [person, account, action, resource, ...more] = words;
  if (person === undefined || account === undefined || more.length > 0)
    throw new Refusal(
      "--explain takes a person, an account, and optionally an action and a resource: --explain dev.one@example.org testing ec2:RunInstances",
    );
  const { askCan } = await import("./can");
  return askCan(context, { person, account, action, resource }, source, true);
}

/** The proof of these documents, with the project's catalogue and managed policies. */
export function proveAll(
  context: Context,
  claims: AccessClaims,
  { accounts, setups, guards }: Omit<Documents, "what" | "unread">,
): Proof {
  return proveDocuments({
    claims,
    documents: accounts,
    guards,
    setups,
    lock: readReviewedLock(context),
    catalogue: readCatalogue(context),
    managed: managedPolicies(context),
    now: context.now,
  });
}

export function proofText(
  context: Context,
  proof: Proof,
  documents: Omit<Documents, "unread">,
  seconds: number,
): string {
  const { date: catalogueDate } = readCatalogue(context);
  return renderProof(proof, { what: documents.what, accounts: documents.accounts.length, catalogueDate, seconds });
}
