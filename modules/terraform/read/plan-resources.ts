import { type IamResource, SECRET } from "./iam-resources";
import { listOf, recordOf } from "./json";
import type { PlanAccounts } from "./plan-accounts";
import { type PlannedChange, secretIn } from "./plan-changes";
import type { PlanJson } from "./plan-shape";

/** Behind the address of an object that an interrupted replacement left. */
const DEPOSED = " (deposed)";

/**
 * What Terraform manages before the apply, as its refresh found it in AWS just then: `prior_state` is the refreshed state, and
 * `resource_drift` tells how it differs from the state of the last apply. With `-refresh=false` it is that state itself.
 */
export function priorResources(plan: PlanJson, accounts: PlanAccounts): readonly IamResource[] {
  const state = recordOf(recordOf(recordOf(plan["prior_state"])["values"])["root_module"]);
  return managed(state).map((resource) => {
    const { address, deposed_key: deposed } = recordOf(resource);
    const where = String(address);
    const read = readResource(resource, where, []);
    const found = placed(read, accounts.of(read, true));
    return deposed === undefined ? found : { ...found, address: `${where}${DEPOSED}` };
  });
}

/**
 * What AWS will have after the apply: what is planned, and what Terraform managed and does not delete. That is more than
 * `planned_values` says: with `-target` or `-refresh-only` it leaves out whatever is not touched, and of what is forgotten it
 * has no values.
 */
export function resourcesAfter(
  plan: PlanJson,
  accounts: PlanAccounts,
  prior: readonly IamResource[],
  changes: readonly PlannedChange[],
): readonly IamResource[] {
  const forgotten = new Set(changes.filter(onlyForgets).map(({ address }) => address));
  // Terraform 1.11 lists a forgotten resource among the planned ones, without values.
  const planned = plannedResources(plan, accounts, changes).filter(({ address }) => !forgotten.has(address));
  const replaced = new Set(planned.map(({ address }) => address));
  const deleted = new Set<string>();
  for (const { address, actions, deposed } of changes) {
    if (actions.includes("delete")) deleted.add(deposed ? `${address}${DEPOSED}` : address);
    if (actions.includes("forget")) replaced.delete(address);
  }
  const kept = prior.filter(({ address }) => !deleted.has(address) && !replaced.has(address));
  const left = new Set(changes.filter(({ actions }) => actions.includes("forget")).map(({ address }) => address));
  return [...planned, ...kept.map((each) => (left.has(each.address) ? { ...each, forgotten: true as const } : each))];
}

function onlyForgets({ actions }: PlannedChange): boolean {
  return actions.includes("forget") && !actions.includes("create");
}

/** What the plan's values say will be there. */
export function plannedResources(
  plan: PlanJson,
  accounts: PlanAccounts,
  changes: readonly PlannedChange[],
): readonly IamResource[] {
  const unknowns = new Map(changes.filter(({ deposed }) => !deposed).map((change) => [change.address, change.unknown]));
  const root = recordOf(recordOf(plan["planned_values"])["root_module"]);
  return managed(root).map((resource) => {
    const where = String(recordOf(resource)["address"]);
    const unknown = (unknowns.get(where) ?? []).filter(
      (argument) => !ANSWERED.has(argument) || accounts.given(where).has(argument),
    );
    const read = readResource(resource, where, unknown);
    return placed(read, accounts.of(read, false));
  });
}

/** Without values that are marked as secrets: Terraform prints them in clear text anyway. */
function readResource(resource: unknown, address: string, unknown: readonly string[]): IamResource {
  const { type, values, sensitive_values: sensitive } = recordOf(resource);
  const secret = secretIn(values, sensitive);
  const kept = Object.entries(recordOf(values)).filter(([argument]) => !secret.includes(argument));
  const reasons = [
    ...unknown.map((argument) => [argument, "is known only after the apply"] as const),
    ...secret.map((argument) => [argument, SECRET] as const),
  ];
  return { type: String(type), address, values: Object.fromEntries(kept), unknown: new Map(reasons) };
}

/** Of a new role these are unknown, because AWS will answer them; they are empty unless the configuration gives them. */
const ANSWERED: ReadonlySet<string> = new Set(["inline_policy", "managed_policy_arns"]);

function placed(resource: IamResource, accountId: string | undefined): IamResource {
  return accountId === undefined ? resource : { ...resource, accountId };
}

function managed(root: PlanJson): readonly unknown[] {
  return [
    ...listOf(root["resources"]).filter((resource) => recordOf(resource)["mode"] !== "data"),
    ...listOf(root["child_modules"]).flatMap((child) => managed(recordOf(child))),
  ];
}
