import type { Catalogue } from "../iam/catalogue";
import type { CheckResult, BreachMemory } from "./checks/breach";
import { checkAssume } from "./checks/check-assume";
import { checkEntrances } from "./checks/check-entrances";
import { checkEscalations, type EscalationsChecked } from "./checks/check-escalations";
import { checkIdentities } from "./checks/check-identities";
import { checkSelfService } from "./checks/check-self-service";
import { checkSessionNames } from "./checks/check-session-names";
import { checkStrangers } from "./checks/check-strangers";
import { checkTerms } from "./checks/check-terms";
import { checkTiers } from "./checks/check-tiers";
import { checkVocabulary } from "./checks/check-vocabulary";
import { compileAccount } from "./checks/compiled-account";
import { withNewcomers } from "./checks/newcomers";
import { FORBIDDEN } from "./promises/promises";
import { type StructureInput, structureChecks } from "./structure";

export interface ProofInput extends StructureInput {
  readonly catalogue: Catalogue;
  readonly now: Date;
  /** Answers of earlier proofs with the same catalogue and instant. */
  readonly memory?: BreachMemory;
}

export interface Proof {
  readonly holds: boolean;
  readonly checks: readonly CheckResult[];
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
export function proveDocuments(input: ProofInput): Proof {
  const checks = [...checksOf(input)];
  const escalations = checks.find((check): check is EscalationsChecked => "covered" in check);
  if (!escalations) throw new Error("a proof has a check of escalations");
  const forbidden = FORBIDDEN.map(({ name: family, what, actions }) => ({ family, what, actions: [...actions] }));
  return { holds: checks.every(({ breaches }) => breaches.length === 0), checks, escalations, forbidden };
}

/** The checks one by one, the quick ones first: for who only needs to know whether the proof holds. */
export function* checksOf(input: ProofInput): Generator<CheckResult> {
  const { claims, documents, catalogue, managed, now, memory } = input;
  const whole = withNewcomers(claims, documents);
  const accounts = new Map(whole.documents.map((each) => [each.id, compileAccount(each, managed)]));
  const time = now.getTime();
  yield* structureChecks(input);
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
