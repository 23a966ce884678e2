import type { AccessClaims } from "../../proof/claims";
import { checkStacks } from "../../proof/checks/check-stacks";
import type { AccessChange } from "../access-change";
import type { NamedPlan } from "./coverage";
import { type LockedProvider, nameSetup } from "../../iam/stack-setup";

/**
 * Where Terraform would not work as the roster says: what such a plan shows may be of another account, and its apply may do
 * something else. That other stacks have no plan here is reported where it matters.
 */
export function setupDoubts(
  plans: readonly NamedPlan[],
  claims: AccessClaims,
  lock: readonly LockedProvider[],
): readonly AccessChange[] {
  return plans.flatMap(({ file, plan: { setup } }) => {
    const { breaches } = checkStacks(claims, [nameSetup(setup, file)], lock);
    return breaches
      .filter(({ claim }) => claim !== "stack-missing")
      .map(
        ({ claim, account, message: reason, cure }): AccessChange => ({
          direction: "unknown",
          kind: "setup-differs",
          account: known(claims, account) ? account : undefined,
          claim,
          reason,
          cure,
        }),
      );
  });
}

function known({ userAccount, accounts }: AccessClaims, key: string): boolean {
  return [userAccount, ...accounts].some((account) => account.key === key);
}
