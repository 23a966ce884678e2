import type { AccountDocuments } from "../../iam/account-documents";
import { documentsOf, type IamResource } from "../../terraform/read/iam-resources";
import { partitionsOf } from "../../terraform/read/plan-documents";
import type { TerraformPlan } from "../../terraform/read/read-plan";
import { aboutOf, type AccessChange, changeKey } from "../access-change";
import { judgedOnly } from "./documents";

/** The engine that says what two sets of documents differ in, as changes of access. */
export type Diff = (before: readonly AccountDocuments[], after: readonly AccountDocuments[]) => readonly AccessChange[];

/**
 * What somebody changed by hand since the last apply, and what becomes of it. What the apply takes back is among its own
 * changes already, in the other direction; what it keeps counts by itself.
 */
export function driftChanges(plans: readonly TerraformPlan[], diff: Diff): readonly AccessChange[] {
  if (plans.every(({ drift }) => drift.length === 0)) return [];
  const ids = [...new Set(plans.flatMap(({ accountIds }) => accountIds))];
  const documents = (resources: readonly IamResource[]) =>
    documentsOf(resources.filter(judgedOnly), ids, partitionsOf(plans));
  const left = documents(plans.flatMap(stateOfLastApply));
  const now = documents(plans.flatMap(({ prior }) => prior));
  const then = documents(plans.flatMap(({ after }) => after));
  const kept = new Set(diff(left, then).map(changeKey));
  return diff(left, now).map((change): AccessChange => {
    const stays = kept.has(changeKey(change));
    const direction = stays ? change.direction : "neutral";
    return { ...aboutOf(change), direction, kind: "drift", change, kept: stays };
  });
}

/** What the refresh found, with everything that had changed put back. */
function stateOfLastApply({ prior, drift }: TerraformPlan): readonly IamResource[] {
  const changed = drift.filter(({ deposed }) => !deposed);
  const drifted = new Map(changed.map((change) => [change.address, change]));
  const kept = prior.filter(({ address }) => !drifted.has(address));
  const put = changed
    .filter(({ actions }) => !actions.includes("create"))
    .map(({ type, address, before, accountId }): IamResource => {
      const found = { type, address, values: before };
      return accountId === undefined ? found : { ...found, accountId };
    });
  return [...kept, ...put];
}
