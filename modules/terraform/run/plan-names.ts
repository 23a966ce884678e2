import { isRecord } from "../../text";

/** Two names that IAM treats as the same. */
export interface SameName {
  readonly made: string;
  readonly exists: string;
}

/** Names that are in the state, by `keyOf`: whatever the plan does to them, they exist when it begins. */
export type ExistingNames = ReadonlyMap<string, readonly string[]>;

/** Of users, groups, roles and policies names are unique in an account, and case makes no difference. Source: IAM User Guide, "IAM identifiers". */
const KINDS: readonly unknown[] = ["aws_iam_user", "aws_iam_group", "aws_iam_role", "aws_iam_policy"];

export function existingNames(entries: readonly unknown[]): ExistingNames {
  const names = new Map<string, string[]>();
  for (const entry of entries) {
    const name = nameIn(entry, "before");
    const key = name === undefined ? undefined : keyOf(entry, name);
    if (key !== undefined && name !== undefined) names.set(key, [...(names.get(key) ?? []), name]);
  }
  return names;
}

/** The name in another case that is there already, of what this makes. */
export function sameNameAs(entry: unknown, names: ExistingNames): SameName | undefined {
  const made = nameIn(entry, "after");
  const key = made === undefined ? undefined : keyOf(entry, made);
  if (made === undefined || key === undefined || made === nameIn(entry, "before")) return undefined;
  const exists = names.get(key)?.find((name) => name !== made);
  return exists === undefined ? undefined : { made, exists };
}

/** The user that a deletion or replacement takes away, with password, access keys and MFA devices. */
export function deletedUser(entry: unknown): string | undefined {
  if (!isRecord(entry) || entry["type"] !== "aws_iam_user" || !isRecord(entry["change"])) return undefined;
  return [entry["change"]["actions"]].flat().includes("delete") ? nameIn(entry, "before") : undefined;
}

function nameIn(entry: unknown, side: "before" | "after"): string | undefined {
  const change = isRecord(entry) ? entry["change"] : undefined;
  const values = isRecord(change) ? change[side] : undefined;
  const name = isRecord(values) ? values["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Kind, account and name as IAM compares it. A stack may hold several accounts; an address begins with the account's key. */
function keyOf(entry: unknown, name: string): string | undefined {
  if (!isRecord(entry) || !KINDS.includes(entry["type"])) return undefined;
  const address = String(entry["address"]);
  const account = address.slice(address.indexOf(".") + 1).split("_")[0];
  return JSON.stringify([entry["type"], account, name.toLowerCase()]);
}
