import type { AccountDocuments } from "../iam/account-documents";
import type { AccountGuards } from "../iam/account-guards";
import type { Catalogue } from "../iam/catalogue";
import type { LockedProvider, StackSetup } from "../iam/stack-setup";
import type { Checked, Memory } from "./checks/breach";
import { checkAssume } from "./checks/check-assume";
import { checkEntrances } from "./checks/check-entrances";
import { checkEscalations, type EscalationsChecked } from "./checks/check-escalations";
import { checkHolders, checkLists } from "./checks/check-holders";
import { checkIdentities } from "./checks/check-identities";
import { checkInventory } from "./checks/check-inventory";
import { checkSelfService } from "./checks/check-self-service";
import { checkSessionNames } from "./checks/check-session-names";
import { checkSignIn } from "./checks/check-sign-in";
import { checkStacks } from "./checks/check-stacks";
import { checkStrangers } from "./checks/check-strangers";
import { checkTerms } from "./checks/check-terms";
import { checkTexts } from "./checks/check-texts";
import { checkTiers } from "./checks/check-tiers";
import { checkVocabulary } from "./checks/check-vocabulary";
import { compileAccount, type ManagedPolicies } from "./checks/compiled-account";
import { withNewcomers } from "./checks/newcomers";
import type { AccessClaims } from "./claims";
import { FORBIDDEN } from "./promises/promises";

export interface ProofInput {
  readonly claims: AccessClaims;
  /** Every account that was read, the user account among them. */
  readonly documents: readonly AccountDocuments[];
  /** How Terraform works in the stacks of these documents; absent for live accounts. */
  readonly setups?: readonly StackSetup[];
  /** Absent: nothing is asked of them. */
  readonly guards?: readonly AccountGuards[];
  /** The project's lock file, which the stacks' are held against. */
  readonly lock?: readonly LockedProvider[];
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
  /** What operators never have: how many actions of which family. */
  readonly forbidden: readonly {
    readonly family: string;
    readonly what: string;
    readonly actions: readonly string[];
  }[];
}

/**
 * Holds documents against claims: everything claimed is so, and nothing else. What could not be judged is a breach, never a
 * pass. Law: the verdict depends on the documents' meaning alone, not on the order or the grouping of statements.
 */
export function prove(input: ProofInput): Proof {
  const checks = [...checksOf(input)];
  const escalations = checks.find((check): check is EscalationsChecked => "covered" in check);
  if (!escalations) throw new Error("a proof has a check of escalations");
  const forbidden = FORBIDDEN.map(({ name: family, what, actions }) => ({ family, what, actions: [...actions] }));
  return { holds: checks.every(({ breaches }) => breaches.length === 0), checks, escalations, forbidden };
}

/** The checks one by one, the quick ones first: for who only needs to know whether the proof holds. */
export function* checksOf(input: ProofInput): Generator<Checked> {
  const { claims, documents, setups, guards, lock, catalogue, managed, now, memory } = input;
  const whole = withNewcomers(claims, documents);
  const accounts = new Map(whole.documents.map((each) => [each.id, compileAccount(each, managed)]));
  const time = now.getTime();
  yield checkInventory(claims, documents);
  yield checkTexts(claims, documents, managed);
  if (setups) yield checkStacks(claims, setups, lock);
  yield checkHolders(claims, documents);
  if (guards?.some(({ lists }) => lists !== undefined)) yield checkLists(claims, documents, guards);
  if (guards) yield checkSignIn(claims, guards);
  yield checkTerms(claims, accounts, time);
  yield checkSessionNames(claims, accounts, time);
  yield checkVocabulary(claims, documents, catalogue);
  yield checkAssume(whole.claims, accounts, time);
  yield checkStrangers(claims, accounts, time);
  if (documents.some(({ inventory }) => inventory !== undefined))
    yield checkEntrances(claims, documents, catalogue, managed, time);
  yield checkEscalations(claims, accounts, time);
  yield checkIdentities(claims, accounts, catalogue, time);
  yield checkSelfService(whole.claims, accounts, catalogue, time, memory);
  yield checkTiers(claims, accounts, catalogue, time, memory);
}
