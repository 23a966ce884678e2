import type { StackSetup } from "../../iam/stack-setup";
import type { IamResource, Partitions } from "./iam-resources";
import { leftBare } from "./left-bare";
import { planAccounts } from "./plan-accounts";
import { type PlannedChange, plannedChanges } from "./plan-changes";
import { disagreeingParts } from "./plan-agrees";
import { planDoubts } from "./plan-doubts";
import { planRest } from "./plan-rest";
import { plannedResources, priorResources, resourcesAfter } from "./plan-resources";
import { planSetup } from "./plan-setup";
import type { PlanJson } from "./plan-shape";
import type { StackResources } from "./stack-documents";

/** A plan as `terraform show -json` prints it (https://developer.hashicorp.com/terraform/internals/json-format). */
export interface TerraformPlan {
  /** Accounts its providers lead to, sorted. */
  readonly accountIds: readonly string[];
  readonly partitions: Partitions;
  /** What AWS has now, of what Terraform manages. */
  readonly prior: readonly IamResource[];
  /** What it will have, what leaves Terraform's hands included. */
  readonly after: readonly IamResource[];
  readonly changes: readonly PlannedChange[];
  /** What others changed since the last apply. */
  readonly drift: readonly PlannedChange[];
  /** Terraform stopped in the middle: nothing else in here can be relied on. */
  readonly errored: boolean;
  /** As whom Terraform works in the plan's stack. */
  readonly setup: StackSetup;
  /** Why all that is not the whole truth, one line each. */
  readonly doubts: readonly string[];
  /** What else the plan has, and no stack of Rolecall's, one line each. */
  readonly rest: readonly string[];
}

export function readPlan(plan: PlanJson): TerraformPlan {
  const accounts = planAccounts(plan);
  const changes = plannedChanges(plan, "resource_changes", accounts);
  const prior = priorResources(plan, accounts);
  const after = resourcesAfter(plan, accounts, prior, changes);
  return {
    accountIds: accounts.ids,
    partitions: accounts.partitions,
    prior,
    after,
    changes,
    drift: plannedChanges(plan, "resource_drift", accounts),
    errored: plan["errored"] === true,
    setup: planSetup(plan),
    doubts: planDoubts(plan),
    rest: [
      ...planRest(plan),
      ...disagreeingParts(changes, plannedResources(plan, accounts, changes)),
      ...[...leftBare(changes.map((change) => ({ ...change, account: change.accountId }))).values()].map(
        (what) => `${what} is created again without its policies and members; plan and apply again to bring them back`,
      ),
    ],
  };
}

/** The plan of a stack that Terraform found nothing to do for: what its JSON says is there, before and after. */
export function unchangedPlan(
  { resources, ids, partitions, unknowns }: StackResources,
  setup: StackSetup,
): TerraformPlan {
  return {
    accountIds: [...new Set(ids)].sort(),
    partitions,
    ...{
      prior: resources,
      after: resources,
      changes: [],
      drift: [],
      errored: false,
      setup,
      doubts: unknowns,
      rest: [],
    },
  };
}
