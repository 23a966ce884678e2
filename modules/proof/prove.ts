import type { AccountDocuments } from "../iam/account-documents";
import type { Catalogue } from "../iam/catalogue";
import type { Checked, Memory } from "./checks/breach";
import { checkAssume } from "./checks/check-assume";
import { checkEscalations, type EscalationsChecked } from "./checks/check-escalations";
import { checkIdentities } from "./checks/check-identities";
import { checkInventory } from "./checks/check-inventory";
import { checkSelfService } from "./checks/check-self-service";
import { checkStrangers } from "./checks/check-strangers";
import { checkTiers } from "./checks/check-tiers";
import { compileAccount, type ManagedPolicies } from "./checks/compiled-account";
import type { AccessClaims } from "./claims";

export interface ProofInput {
  readonly claims: AccessClaims;
  /** Every account that was read, the user account among them. */
  readonly documents: readonly AccountDocuments[];
  readonly catalogue: Catalogue;
  /** Texts of AWS's own managed policies. */
  readonly managed: ManagedPolicies;
  readonly now: Date;
  /** Answers of earlier proofs with the same catalogue and instant. */
  readonly memory?: Memory;
}

export interface Proof {
  readonly holds: boolean;
  readonly checks: readonly Checked[];
  readonly escalations: EscalationsChecked;
}

/**
 * Holds documents against claims: everything claimed is so, and nothing else. What could not be judged is a breach, never a
 * pass. Law: the verdict depends on the documents' meaning alone, not on the order or the grouping of statements.
 */
export function prove({ claims, documents, catalogue, managed, now, memory }: ProofInput): Proof {
  const accounts = new Map(documents.map((each) => [each.id, compileAccount(each, managed)]));
  const time = now.getTime();
  const escalations = checkEscalations(claims, accounts, time);
  const checks = [
    checkInventory(claims, documents),
    checkAssume(claims, accounts, time),
    checkStrangers(claims, accounts, time),
    checkTiers(claims, accounts, catalogue, time, memory),
    checkIdentities(claims, accounts, catalogue, time),
    checkSelfService(claims, accounts, catalogue, time, memory),
    escalations,
  ];
  return { holds: checks.every(({ breaches }) => breaches.length === 0), checks, escalations };
}
