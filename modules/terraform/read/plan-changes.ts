import { compareText, isRecord } from "../../text";
import { listOf, recordOf } from "./json";
import type { PlanAccounts } from "./plan-accounts";
import type { PlanJson } from "./plan-shape";

/** One entry of `resource_changes` or `resource_drift`. Values marked as secrets are left out; of the rest print named facts of IAM only. */
export interface PlannedChange {
  readonly address: string;
  /** Where the state had it, when it moved. */
  readonly previousAddress?: string;
  readonly type: string;
  /** Terraform's: `create`, `update`, `delete`, `forget`, `read`, `no-op`; two for a replacement. Ask whether one is in it. */
  readonly actions: readonly string[];
  /** An object that an interrupted replacement left behind. */
  readonly deposed: boolean;
  /** It exists already and is taken into the state. */
  readonly imported: boolean;
  /** Absent when it is not known. */
  readonly accountId?: string;
  /** Empty before a creation. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Empty after a deletion. */
  readonly after: Readonly<Record<string, unknown>>;
  /** Arguments whose value, or a part of it, is known only after the apply. */
  readonly unknown: readonly string[];
}

/** What the plan does, and what others did since the last apply, each sorted by address; data sources are left out. */
export function plannedChanges(
  plan: PlanJson,
  part: "resource_changes" | "resource_drift",
  accounts: PlanAccounts,
): readonly PlannedChange[] {
  return listOf(plan[part])
    .map(recordOf)
    .filter((entry) => entry["mode"] !== "data")
    .map((entry) => readChange(entry, accounts))
    .sort((a, b) => compareText(a.address, b.address));
}

function readChange(entry: Readonly<Record<string, unknown>>, accounts: PlanAccounts): PlannedChange {
  const change = recordOf(entry["change"]);
  const address = String(entry["address"]);
  const previous = entry["previous_address"];
  const before = withoutSecrets(change["before"], change["before_sensitive"]);
  const after = withoutSecrets(change["after"], change["after_sensitive"]);
  const accountId = accounts.of({ address, values: { ...after, ...before } }, true);
  return {
    address,
    ...(typeof previous === "string" && previous !== address ? { previousAddress: previous } : {}),
    type: String(entry["type"]),
    actions: listOf(change["actions"]).map(String),
    deposed: entry["deposed"] !== undefined,
    imported: isRecord(change["importing"]),
    ...(accountId === undefined ? {} : { accountId }),
    before,
    after,
    unknown: markedIn(change["after_unknown"]),
  };
}

function withoutSecrets(values: unknown, marks: unknown): PlannedChange["before"] {
  const secret = secretIn(values, marks);
  return Object.fromEntries(Object.entries(recordOf(values)).filter(([argument]) => !secret.includes(argument)));
}

/** Arguments of the values that are marked as secrets, or hold one. */
export function secretIn(values: unknown, marks: unknown): readonly string[] {
  return marks === true ? Object.keys(recordOf(values)) : markedIn(marks);
}

/** Arguments that a tree of marks, shaped like the values, marks with `true` anywhere inside. */
function markedIn(tree: unknown): readonly string[] {
  return Object.entries(recordOf(tree))
    .filter(([, inner]) => someTrue(inner))
    .map(([argument]) => argument);
}

function someTrue(tree: unknown): boolean {
  if (tree === true) return true;
  if (Array.isArray(tree)) return tree.some(someTrue);
  return isRecord(tree) && Object.values(tree).some(someTrue);
}
