import type { PlannedChange } from "../../terraform/read/plan-changes";
import { recordOf } from "../../terraform/read/json";
import { compareText, stableJson } from "../../text";
import type { AccessChange } from "../access-change";
import type { PlanResource } from "../changes/plans";
import { resourceKindOf, namedOf, plannedNameOf, type OfResource, ownerOf, resourceOf } from "./resource";

/** What a plan does to objects of IAM besides changing what they say: leaves them behind, replaces them, takes them over. */
export function lifecycleChanges(changes: readonly PlannedChange[]): readonly OfResource[] {
  const deleted = new Set(
    changes
      .filter((change) => resourceKindOf(change) && change.actions.includes("delete"))
      .map((change) => inAccount(change, resourceOf(change))),
  );
  const standing = standingNames(changes);
  return changes
    .filter(({ type }) => type.startsWith("aws_iam_"))
    .flatMap((change) => [
      respelled(change, standing) ?? [],
      renamed(change) ?? [],
      forgotten(change) ?? replaced(change) ?? imported(change) ?? released(change, deleted) ?? [],
      retagged(change) ?? [],
    ])
    .flat();
}

type Names = ReadonlyMap<string, readonly string[]>;

/** Names of what exists before the apply, as IAM compares them: by kind and account, without case. */
function standingNames(changes: readonly PlannedChange[]): Names {
  const names = new Map<string, string[]>();
  for (const change of changes) {
    const name = change.before["name"];
    if (resourceKindOf(change) === undefined || typeof name !== "string") continue;
    const key = nameKey(change, name);
    names.set(key, [...(names.get(key) ?? []), name]);
  }
  return names;
}

function nameKey({ type, accountId }: PlannedChange, name: string): string {
  return JSON.stringify([type, accountId ?? "", name.toLowerCase()]);
}

/** IAM refuses it, or takes it, depending on whether the other is gone by then. */
function respelled(of: PlannedChange, standing: Names): OfResource | undefined {
  const name = of.after["name"];
  const type = resourceKindOf(of);
  if (type === undefined || typeof name !== "string" || name === of.before["name"]) return undefined;
  const before = standing.get(nameKey(of, name))?.find((each) => each !== name);
  if (before === undefined) return undefined;
  return { of, change: { direction: "unknown", kind: "resource-respelled", type, before, after: name } };
}

/** IAM renames users and groups in place, and whoever has the credentials of the old name has those of the new one. */
function renamed(of: PlannedChange): OfResource | undefined {
  const type = resourceKindOf(of);
  const [before, after] = [of.before["name"], of.after["name"]];
  if (type === undefined || !of.actions.includes("update") || typeof before !== "string" || before === after)
    return undefined;
  const name = typeof after === "string" ? after : undefined;
  return { of, change: { direction: "unknown", kind: "resource-renamed", type, before, after: name } };
}

function forgotten(of: PlannedChange): OfResource | undefined {
  if (!of.actions.includes("forget")) return undefined;
  return { of, change: { direction: "widening", kind: "resource-forgotten", resource: resourceOf(of) } };
}

/** What has an id of its own, which policies that name it mean; only the name comes back. */
function replaced(of: PlannedChange): OfResource | undefined {
  const kind = resourceKindOf(of);
  if (kind === undefined || !of.actions.includes("delete") || !of.actions.includes("create")) return undefined;
  const direction = kind === "role" || kind === "user" ? "narrowing" : "neutral";
  return { of, change: { direction, kind: "resource-replaced", resource: namedOf(of, kind) } };
}

function imported(of: PlannedChange): OfResource | undefined {
  const kind = resourceKindOf(of);
  if (!of.imported || kind === undefined) return undefined;
  return { of, change: { direction: "unknown", kind: "resource-imported", resource: namedOf(of, kind) } };
}

/** Every account of a stack has a role of each tier's name. */
function inAccount({ accountId = "" }: PlannedChange, what: PlanResource): string {
  return stableJson([accountId, what]);
}

/** Deleting such a list changes nothing in AWS; but nobody takes away any more what is not in it. */
function released(of: PlannedChange, deleted: ReadonlySet<string>): OfResource | undefined {
  if (!/_exclusive$/.test(of.type) || !of.actions.includes("delete") || of.actions.includes("create")) return undefined;
  const owner = ownerOf(of);
  if (owner === undefined || deleted.has(inAccount(of, owner))) return undefined;
  const list = /_attachments_/.test(of.type) ? "attached" : "inline";
  return { of, change: { direction: "widening", kind: "list-removed", list, of: owner } };
}

/** Policies elsewhere may ask for the tags of whoever calls. Keys only: a value may be anything. */
function retagged(of: PlannedChange): OfResource | undefined {
  if (!of.actions.includes("update") || (resourceKindOf(of) !== "user" && resourceKindOf(of) !== "role"))
    return undefined;
  // With the provider's `default_tags`, which the resource's own do not show.
  const all = (values: PlannedChange["before"]) => recordOf(values["tags_all"] ?? values["tags"]);
  const [old, now] = [all(of.before), all(of.after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => old[key] !== now[key]);
  if (keys.length === 0) return undefined;
  const after = { tags: keys.sort(compareText) };
  return { of, change: { direction: "unknown", kind: "resource-tags", resource: resourceOf(of), after } };
}

/** Moves change no access; the person who approves should still know that the plan is about names. */
export function movedAddresses(changes: readonly PlannedChange[]): readonly AccessChange[] {
  const moved = changes.filter(({ previousAddress, type }) => previousAddress !== undefined && /^aws_iam_/.test(type));
  if (moved.length === 0) return [];
  const names = moved.flatMap((change) => plannedNameOf(change, "name") ?? []).slice(0, 3);
  return [{ direction: "neutral", kind: "addresses-changed", count: moved.length, names }];
}
