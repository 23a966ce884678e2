import type { AccountDocuments } from "../iam/account-documents";
import type { AccountGuards } from "../iam/account-guards";
import type { LockedProvider, StackSetup } from "../iam/stack-setup";
import type { CheckResult } from "./checks/breach";
import { checkHolders, checkLists } from "./checks/check-holders";
import { checkInventory } from "./checks/check-inventory";
import { checkRemovals } from "./checks/check-removals";
import { checkSignIn } from "./checks/check-sign-in";
import { checkStacks } from "./checks/check-stacks";
import { checkTexts } from "./checks/check-texts";
import type { ManagedPolicies } from "./checks/compiled-account";
import type { AccessClaims } from "./claims";

export interface StructureInput {
  readonly claims: AccessClaims;
  /** Every account that was read, the user account among them. */
  readonly documents: readonly AccountDocuments[];
  /** How Terraform works in the stacks of these documents; absent for live accounts. */
  readonly setups?: readonly StackSetup[];
  /** Absent: nothing is asked of them. */
  readonly guards?: readonly AccountGuards[];
  /** The project's lock file, which the stacks' are held against. */
  readonly lock?: readonly LockedProvider[];
  /** Texts of AWS's own managed policies. */
  readonly managed: ManagedPolicies;
}

/** What is there, by name and setting: all that holds or not without evaluating a policy. A review of plans asks the same. */
export function* structureChecks(input: StructureInput): Generator<CheckResult> {
  const { claims, documents, setups, guards, lock, managed } = input;
  yield checkInventory(claims, documents);
  yield checkTexts(claims, documents, managed);
  if (setups) yield checkStacks(claims, setups, lock);
  yield checkHolders(claims, documents);
  if (guards) yield* guardChecks({ claims, documents, guards });
}

/** What keeps an account as it is: settings and lists that no document shows. */
export function* guardChecks({
  claims,
  documents,
  guards,
}: Pick<StructureInput, "claims" | "documents"> & Required<Pick<StructureInput, "guards">>): Generator<CheckResult> {
  if (guards.some(({ lists }) => lists !== undefined)) yield checkLists(claims, documents, guards);
  if (guards.some(({ removals }) => removals !== undefined)) yield checkRemovals(claims, guards);
  yield checkSignIn(claims, guards);
}
