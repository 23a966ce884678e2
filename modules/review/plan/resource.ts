import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { AccessChange } from "../access-change";
import type { IamIdentity } from "../changes/documents";
import type { Kind, PlanResource } from "../changes/plans";

/** A change that one resource of a plan makes. */
export interface OfResource {
  readonly of: PlannedChange;
  readonly change: AccessChange;
}

/** Objects of IAM with a name of their own; everything else belongs to one of them. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["aws_iam_user", "user"],
  ["aws_iam_group", "group"],
  ["aws_iam_role", "role"],
  ["aws_iam_policy", "policy"],
]);

export function resourceKindOf({ type }: PlannedChange): Kind | undefined {
  return KINDS.get(type);
}

type Values = Pick<PlannedChange, "before" | "after">;

/** The name before the change, or else after it. Names are the only values of a plan that sentences about resources show. */
export function plannedNameOf({ before, after }: Values, ...keys: readonly string[]): string | undefined {
  return keys
    .flatMap((key) => [before[key], after[key]])
    .find((value): value is string => typeof value === "string" && value !== "");
}

/** Of an account, which has one of each. */
const SETTINGS: ReadonlyMap<string, "alias" | "password-policy"> = new Map([
  ["aws_iam_account_alias", "alias"],
  ["aws_iam_account_password_policy", "password-policy"],
]);

export function resourceOf(change: PlannedChange): PlanResource {
  const kind = resourceKindOf(change);
  if (kind !== undefined) return namedOf(change, kind);
  const setting = SETTINGS.get(change.type);
  return setting === undefined ? partOf(change) : { type: setting };
}

export function namedOf(change: Values, type: Kind): { readonly type: Kind; readonly name: string } {
  return { type, name: plannedNameOf(change, "name") ?? "?" };
}

/** The role, group or user that the resource belongs to. */
export function ownerOf(change: Values): IamIdentity | undefined {
  for (const type of ["role", "group", "user"] as const) {
    const name = plannedNameOf(change, type, `${type}_name`);
    if (name !== undefined) return { type, name };
  }
  return undefined;
}

function partOf(change: PlannedChange): PlanResource {
  const of = ownerOf(change);
  if (/_membership$/.test(change.type)) return { type: "membership", of };
  if (/_policies_exclusive$/.test(change.type)) return { type: "inline-list", of };
  if (/_attachments_exclusive$/.test(change.type)) return { type: "attached-list", of };
  return { type: "attachment", of, policy: plannedNameOf(change, "policy_arn", "name"), resourceType: change.type };
}
