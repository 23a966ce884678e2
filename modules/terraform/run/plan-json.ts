import { isRevocationName } from "../../iam/revocation-name";
import { compareText, isRecord } from "../../text";
import { leftBareIn } from "../read/left-bare";
import { deletedUser, type ExistingNames, existingNames, type SameName, sameNameAs } from "./plan-names";

/** What happens to one resource: never its values. */
export interface Change {
  readonly action: "create" | "update" | "delete" | "replace" | "forget" | "import" | "move";
  readonly address: string;
  /** Names of policies that end sessions and that this removes: the sessions would work again. */
  readonly revives?: readonly string[];
  /** Name of the IAM user that this deletes, with all its credentials; sessions of roles it took go on. */
  readonly deletesUser?: string;
  /** A name in the account that differs only in case from the one this creates: IAM treats both as the same and refuses. */
  readonly sameName?: SameName;
  /** What this deletes and makes again without its policies and members: `role "operator"`. Only the next plan brings them back. */
  readonly bare?: string;
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

/** Nothing happens to the resource, unless it is taken over or gets another address. */
const UNCHANGED = ["no-op", "read"];

/**
 * The changes in the text of `terraform show -json <plan>` of a plan that changes something, sorted by address. Throws when it is not
 * a plan, ends early, has unknown actions or parts, or does not say what it changes.
 */
export function changesInPlan(text: string): readonly Change[] {
  const plan: unknown = JSON.parse(text);
  if (!isRecord(plan) || typeof plan["format_version"] !== "string") throw new Error("not a plan: no format version");
  if (plan["errored"] === true) throw new Error("not a complete plan: it ends early");
  if (listIn(plan, "deferred_changes").length > 0) throw new Error("not a complete plan: it defers changes");
  const entries = listIn(plan, "resource_changes");
  const names = existingNames(entries);
  const bare = leftBareIn(entries);
  const changes = entries.flatMap((entry) => changeOf(entry, names, bare));
  if (changes.length === 0 && !changesOutputs(plan["output_changes"]))
    throw new Error("it changes something, and its JSON does not say what");
  return changes.sort((a, b) => compareText(a.address, b.address));
}

/** Terraform leaves an empty list out, or writes null. */
function listIn(plan: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const list = plan[key] ?? [];
  if (!Array.isArray(list)) throw new Error(`not a plan: ${key} is not a list`);
  return list;
}

function changesOutputs(outputs: unknown): boolean {
  return isRecord(outputs) && Object.keys(outputs).length > 0;
}

function changeOf(entry: unknown, names: ExistingNames, bare: ReadonlyMap<string, string>): readonly Change[] {
  if (!isRecord(entry) || !isRecord(entry["change"])) throw new Error("not a plan: a resource change without a change");
  const { address, change } = entry;
  const actions = change["actions"];
  if (typeof address !== "string" || !Array.isArray(actions)) throw new Error("not a plan: a change without actions");
  const action = ACTIONS[actions.join(",")] ?? unchangedAction(entry, change, actions);
  if (action === undefined) return [];
  const revives = revivedBy(entry["type"], change);
  const deletesUser = deletedUser(entry);
  const sameName = sameNameAs(entry, names);
  const left = bare.get(address);
  return [
    {
      ...{ action, address },
      ...(revives.length === 0 ? {} : { revives }),
      ...(deletesUser === undefined ? {} : { deletesUser }),
      ...(sameName === undefined ? {} : { sameName }),
      ...(left === undefined ? {} : { bare: left }),
    },
  ];
}

/** Of a resource that keeps its values, or is only read: none, unless the state's record of it changes. */
function unchangedAction(
  { previous_address: previous }: Readonly<Record<string, unknown>>,
  { importing }: Readonly<Record<string, unknown>>,
  actions: readonly unknown[],
): Change["action"] | undefined {
  if (actions.length !== 1 || !UNCHANGED.includes(String(actions[0])))
    throw new Error(`not a plan that Rolecall knows: actions ${JSON.stringify(actions)}`);
  if (importing !== undefined && importing !== null) return "import";
  return previous === undefined || previous === null ? undefined : "move";
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
