import { isRevocationName } from "../../iam/revocation-name";
import { compareText, isRecord } from "../../text";

/** What happens to one resource: never its values. */
export interface Change {
  readonly action: "create" | "update" | "delete" | "replace" | "forget";
  readonly address: string;
  /** Names of policies that end sessions and that this removes: the sessions would live again. */
  readonly revives?: readonly string[];
}

export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

const ACTIONS: Readonly<Record<string, Change["action"]>> = {
  create: "create",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "replace",
};

/** The changes in the text of `terraform show -json <plan>`, sorted by address. Throws when it is not a plan. */
export function changesInPlan(text: string): readonly Change[] {
  const plan: unknown = JSON.parse(text);
  const changes = isRecord(plan) ? plan["resource_changes"] : undefined;
  if (changes === undefined) return [];
  if (!Array.isArray(changes)) throw new Error("not a plan: resource_changes is no list");
  return changes.flatMap(changeOf).sort((a, b) => compareText(a.address, b.address));
}

function changeOf(entry: unknown): readonly Change[] {
  if (!isRecord(entry) || !isRecord(entry["change"])) throw new Error("not a plan: a resource change without a change");
  const { address, change } = entry;
  const actions = change["actions"];
  if (typeof address !== "string" || !Array.isArray(actions)) throw new Error("not a plan: a change without actions");
  const action = ACTIONS[actions.join(",")];
  if (action === undefined) return [];
  const revives = revivedBy(entry["type"], change);
  return [{ action, address, ...(revives.length === 0 ? {} : { revives }) }];
}

/** An exclusive list of a role's policies that becomes shorter takes those policies from the role. */
function revivedBy(type: unknown, { before, after }: Readonly<Record<string, unknown>>): readonly string[] {
  if (type !== "aws_iam_role_policies_exclusive" || !isRecord(before) || !isRecord(after)) return [];
  const [old, kept] = [before["policy_names"], after["policy_names"]].map((names) =>
    Array.isArray(names) ? names.map(String) : [],
  ) as [string[], string[]];
  return old.filter((name) => isRevocationName(name) && !kept.includes(name)).sort(compareText);
}

/** Counts as Terraform prints them: a replacement is one to add and one to destroy. */
export function countChanges(changes: readonly Change[]): Counts {
  const count = (...actions: readonly Change["action"][]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  return { add: count("create", "replace"), change: count("update"), destroy: count("delete", "replace") };
}
