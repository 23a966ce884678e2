import { quote } from "../../text";
import { listOf, recordOf } from "./json";

/** Of a planned change what tells whether something that it replaces comes back without what hung on it. */
interface Replacing {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>>;
  /** Names are unique in one. */
  readonly account: string | undefined;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["aws_iam_role", "role"],
  ["aws_iam_group", "group"],
  ["aws_iam_user", "user"],
]);

/**
 * Users, groups and roles, by address, that are deleted and made again while what hangs on them stays as it is in the plan: the
 * deletion takes their policies and members with it, and Terraform finds out with the next plan only (seen with provider 5.100).
 */
export function leftBare(changes: readonly Replacing[]): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap((change): [string, string][] => {
      const kind = KINDS.get(change.type);
      const { name } = change.before;
      const isReplaced = change.actions.includes("delete") && change.actions.includes("create");
      if (kind === undefined || typeof name !== "string" || !isReplaced) return [];
      const isLost = (other: Replacing) =>
        other.account === change.account && stays(other) && hangsOn(other, kind, name);
      return changes.some(isLost) ? [[change.address, `${kind} ${quote(name)}`]] : [];
    }),
  );
}

function stays({ actions }: Replacing): boolean {
  return actions.every((action) => action === "no-op");
}

/** A list that is empty loses nothing. */
const LISTS = ["policy_arns", "policy_names", "users", "groups"];

function hangsOn({ type, before }: Replacing, kind: string, name: string): boolean {
  if (!type.startsWith("aws_iam_") || KINDS.has(type)) return false;
  const list = LISTS.find((key) => key in before);
  if (list !== undefined && listOf(before[list]).length === 0) return false;
  return [before[kind], before[`${kind}_name`], ...listOf(before[`${kind}s`])].includes(name);
}

/** The same for the changes of `terraform show -json` as they are; an address begins with its account's key. */
export function leftBareIn(entries: readonly unknown[]): ReadonlyMap<string, string> {
  return leftBare(
    entries.map(recordOf).map((entry) => {
      const { actions, before } = recordOf(entry["change"]);
      const address = String(entry["address"]);
      return {
        ...{ address, type: String(entry["type"]), before: recordOf(before) },
        actions: listOf(actions).map(String),
        account: address.slice(address.indexOf(".") + 1).split("_")[0],
      };
    }),
  );
}
