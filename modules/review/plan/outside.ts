import { judges } from "../../terraform/read/iam-resources";
import type { IamResource } from "../../terraform/read/iam-resources";
import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { AccessChange } from "../access-change";
import { acts } from "./documents";
import { plannedNameOf, ownerOf } from "./resource";

/** What stays in AWS unchanged, and what Rolecall never writes: by type, in IAM also by whose it is. */
export function standingExtras(
  after: readonly IamResource[],
  changes: readonly PlannedChange[],
): readonly AccessChange[] {
  const changing = new Set(changes.filter(acts).map(({ address }) => address));
  const extra = after.filter(({ type, address }) => !judges(type) && !changing.has(address));
  if (extra.length === 0) return [];
  const names = extra.map(({ type, values }) => ({
    resourceType: type,
    of: type.startsWith("aws_iam_") ? ownerOf({ before: values, after: {} }) : undefined,
  }));
  return [{ direction: "unknown", kind: "extra-resources", count: extra.length, names }];
}

/** Changes of what is not judged: never their values, outside IAM not even their names. */
export function outsideChanges(changes: readonly PlannedChange[]): readonly AccessChange[] {
  const done = changes.filter((change) => !judges(change.type) && acts(change));
  const outside = done.filter(({ type }) => !type.startsWith("aws_iam_"));
  return [...outsideIam(outside), ...done.filter((change) => !outside.includes(change)).map(unjudged)];
}

function outsideIam(changes: readonly PlannedChange[]): readonly AccessChange[] {
  if (changes.length === 0) return [];
  const types = changes.map(({ type }) => type);
  return [{ direction: "unknown", kind: "changes-outside-iam", count: changes.length, types: [...new Set(types)] }];
}

const ACTIONS = ["forget", "create", "delete"] as const;

function unjudged(change: PlannedChange): AccessChange {
  return {
    direction: "unknown",
    kind: "resource-not-judged",
    resourceType: change.type,
    of: ownerOf(change),
    name: plannedNameOf(change, "name"),
    action: ACTIONS.find((action) => change.actions.includes(action)) ?? "update",
  };
}
