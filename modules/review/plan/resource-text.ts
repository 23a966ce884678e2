import type { PlannedChange } from "../../terraform/read/plan-changes";
import { quote } from "../../text";

/** Kinds of IAM that stand for themselves; everything else hangs on one of them. */
export type Kind = "user" | "group" | "role" | "policy";

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
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ["aws_iam_account_alias", "the account's alias"],
  ["aws_iam_account_password_policy", "the password policy"],
]);

/** `role "operator"`, `the membership of group "people"`, `policy "access" of group "people"`. */
export function resourceText(change: PlannedChange): string {
  const kind = resourceKindOf(change);
  if (kind !== undefined) return `${kind} ${quote(plannedNameOf(change, "name") ?? "?")}`;
  const setting = SETTINGS.get(change.type);
  if (setting !== undefined) return setting;
  const holder = holderName(change);
  return `${part(change)} of ${holder ?? "something without a name"}`;
}

/** `role "operator"`: what the resource hangs on. */
export function holderName(change: Values): string | undefined {
  for (const kind of ["role", "group", "user"] as const) {
    const name = plannedNameOf(change, kind, `${kind}_name`);
    if (name !== undefined) return `${kind} ${quote(name)}`;
  }
  return undefined;
}

function part(change: PlannedChange): string {
  if (/_membership$/.test(change.type)) return "the membership";
  if (/_policies_exclusive$/.test(change.type)) return "the list of inline policies";
  if (/_attachments_exclusive$/.test(change.type)) return "the list of attached policies";
  const policy = plannedNameOf(change, "policy_arn", "name");
  return policy === undefined ? quote(change.type) : `policy ${quote(policy)}`;
}
