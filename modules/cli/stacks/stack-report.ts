import { type Change, type Counts, countChanges } from "../../terraform/run/plan-json";
import { readStackAccounts, type StackAccount } from "../../terraform/read/stack-accounts";
import type { StackResult } from "../../terraform/run/stack-run";
import type { SynthesizedStack } from "../../terraform/run/manifest";
import type { Context } from "../../machine/context";
import { shownPath } from "./work-folder";

/** What happens in one account of a stack: counts and addresses, never values. */
export interface AccountReport extends Counts {
  readonly account: string;
  readonly id?: string | undefined;
  readonly changes: readonly Change[];
}

/** The result of one stack, split by account. */
export interface StackReport extends Counts {
  readonly stack: string;
  readonly outcome: StackResult["outcome"];
  readonly accounts: readonly AccountReport[];
  readonly errors: readonly string[];
  readonly log: string;
}

export function reportStacks(
  context: Context,
  stacks: readonly SynthesizedStack[],
  results: readonly StackResult[],
): readonly StackReport[] {
  return results.map(({ stack, outcome, changes, errors, log }) => ({
    stack,
    outcome,
    ...countChanges(changes),
    accounts: reportAccounts(
      stacks.find(({ name }) => name === stack),
      changes,
    ),
    errors,
    log: shownPath(context, log),
  }));
}

function reportAccounts(stack: SynthesizedStack | undefined, changes: readonly Change[]): readonly AccountReport[] {
  if (stack === undefined) return [];
  const { accounts, accountOf } = readStackAccounts(stack);
  const strangers = changes
    .map(({ address }) => accountOf(address))
    .filter((key) => !accounts.some((a) => a.key === key));
  const all: readonly StackAccount[] = [...accounts, ...[...new Set(strangers)].map((key) => ({ key }))];
  return all.map(({ key, id }) => {
    const own = changes.filter(({ address }) => accountOf(address) === key);
    return { account: key, id, ...countChanges(own), changes: own };
  });
}

/** `testing (222222222222), production (333333333333)`: the accounts that something happens to. */
export function nameAccounts(reports: readonly StackReport[]): string {
  return reports
    .flatMap(({ accounts }) => accounts)
    .filter(({ changes }) => changes.length > 0)
    .map(({ account, id }) => (id === undefined ? account : `${account} (${id})`))
    .join(", ");
}

/** True when a result is missing: Terraform failed, was stopped, or never ran. */
export function someUnknown(results: readonly StackResult[]): boolean {
  return results.some(({ outcome }) => ["failed", "interrupted", "not started"].includes(outcome));
}
