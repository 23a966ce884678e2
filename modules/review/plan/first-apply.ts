import type { TerraformPlan } from "../../terraform/read/read-plan";
import type { AccessChange } from "../access-change";

/** Ids of accounts of which Terraform's state holds nothing, and where the plan does nothing but create. */
export function neverApplied(plans: readonly TerraformPlan[]): ReadonlySet<string> {
  const there = new Set(plans.flatMap(({ prior }) => prior.map(({ accountId }) => accountId)));
  // What has no known account may belong to any.
  if (there.has(undefined)) return new Set();
  const ids = plans.flatMap(({ accountIds }) => accountIds);
  return new Set(ids.filter((id) => !there.has(id) && onlyCreates(plans, id)));
}

function actionsIn(plans: readonly TerraformPlan[], id: string): readonly string[] {
  return plans.flatMap(({ changes }) => changes).flatMap(({ accountId, actions }) => (accountId === id ? actions : []));
}

function onlyCreates(plans: readonly TerraformPlan[], id: string): boolean {
  const actions = actionsIn(plans, id);
  return actions.length > 0 && actions.every((action) => action === "create");
}

/** Said once for each account, in place of everything that the plan creates there. */
export function firstApplies(
  never: ReadonlySet<string>,
  plans: readonly TerraformPlan[],
  keys: ReadonlyMap<string, string>,
): readonly AccessChange[] {
  return [...never].flatMap((id): readonly AccessChange[] => {
    const account = keys.get(id);
    if (account === undefined) return [];
    return [{ direction: "widening", kind: "first-apply", account, count: actionsIn(plans, id).length }];
  });
}
