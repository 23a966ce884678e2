import type { AccountDocuments } from "../../iam/account-documents";
import { documentsOf, type IamResource, judges } from "../../terraform/read/iam-resources";
import { partitionsOf } from "../../terraform/read/plan-documents";
import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { TerraformPlan } from "../../terraform/read/read-plan";
import type { AccessChange } from "../access-change";

/** What AWS holds before and after the apply of the plans, of what is judged, by account. */
export interface PlanDocuments {
  readonly before: readonly AccountDocuments[];
  readonly after: readonly AccountDocuments[];
}

export function planDocuments(plans: readonly TerraformPlan[]): PlanDocuments {
  const ids = [...new Set(plans.flatMap(({ accountIds }) => accountIds))];
  const documents = (part: "prior" | "after") =>
    documentsOf(plans.flatMap((plan) => plan[part]).filter(judgedOnly), ids, partitionsOf(plans));
  return { before: documents("prior"), after: documents("after") };
}

/** The rest is reported by its changes. */
export function judgedOnly({ type }: IamResource): boolean {
  return judges(type);
}

/** How many lines about one account a person still reads. */
const MAX_LINES = 20;

/**
 * What cannot be judged, one line each: what will be there, always; what is there before the apply, where something changes,
 * since whether the change touches it is not known. Resources of no known account always count: no document has them.
 */
export function unknownsOf({ before, after }: PlanDocuments, plans: readonly TerraformPlan[]): readonly InAccount[] {
  const acting = new Set(plans.flatMap(({ changes }) => changes.filter(acts).map(({ accountId }) => accountId)));
  const ids = [...new Set([...before, ...after].map(({ id }) => id))].filter((id) => id !== NOWHERE);
  const found = ids.flatMap((id) => {
    const sides = acting.has(id) || acting.has(undefined) ? [...before, ...after] : after;
    const texts = sides.filter((account) => account.id === id).flatMap(({ unknowns }) => unknowns);
    return some([...new Set(texts)]).map((change) => ({ id, change }));
  });
  return [...found, ...nowhere(plans).map((change) => ({ id: NOWHERE, change }))];
}

/** A change in the account of this id. */
export interface InAccount {
  readonly id: string;
  readonly change: AccessChange;
}

/** What `documentsOf` calls the account of resources that have none. */
const NOWHERE = "unknown";

function nowhere(plans: readonly TerraformPlan[]): readonly AccessChange[] {
  const all = plans.flatMap(({ prior, after }) => [...prior, ...after]);
  const lost = new Set(
    all.filter((each) => judgedOnly(each) && each.accountId === undefined).map(({ address }) => address),
  );
  return lost.size === 0 ? [] : [{ direction: "unknown", kind: "resources-without-account", count: lost.size }];
}

function some(reasons: readonly string[]): readonly AccessChange[] {
  const shown = reasons
    .slice(0, MAX_LINES)
    .map((reason): AccessChange => ({ direction: "unknown", kind: "not-judged", reason }));
  if (reasons.length <= MAX_LINES) return shown;
  return [...shown, { direction: "unknown", kind: "not-judged-more", count: reasons.length - MAX_LINES }];
}

/** True when the plan does something to the resource. */
export function acts({ actions, imported }: PlannedChange): boolean {
  return imported || actions.some((action) => action !== "no-op" && action !== "read");
}
