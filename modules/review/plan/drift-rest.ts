import { isAbsent } from "../../terraform/read/iam-arguments";
import { isDeciding, judges } from "../../terraform/read/iam-resources";
import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { TerraformPlan } from "../../terraform/read/read-plan";
import { compareText, stableJson } from "../../text";
import { acts } from "./documents";
import { type OfResource, resourceOf } from "./resource";

/** What somebody changed by hand and no document shows: settings of the account, tags, resources that are not judged. Names of arguments only. */
export function driftRest({ drift, changes }: TerraformPlan): readonly OfResource[] {
  const done = new Map(changes.filter(acts).map((change) => [change.address, change]));
  return drift.flatMap((of): readonly OfResource[] => {
    const keys = judges(of.type) ? argumentsOf(of) : undefined;
    if (keys?.length === 0) return [];
    const change = done.get(of.address);
    const isPutBack = keys?.every((key) => isSame(change?.after[key], of.before[key])) === true && change !== undefined;
    const resource = judges(of.type) ? resourceOf(of) : undefined;
    const what = { resource, resourceType: of.type, arguments: keys ?? [], kept: !isPutBack };
    return [{ of, change: { kind: "drift-arguments", direction: isPutBack ? "neutral" : "unknown", ...what } }];
  });
}

/** Counted by AWS. */
const COUNTED: ReadonlySet<string> = new Set(["attachment_count", "id", "tags_all"]);

/** The arguments that differ and that no document holds. What was deleted shows in documents, but for settings of the account. */
function argumentsOf({ type, actions, before, after }: PlannedChange): readonly string[] {
  if (actions.includes("delete") && !type.startsWith("aws_iam_account_")) return [];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !isDeciding(key) && !COUNTED.has(key) && !isSame(before[key], after[key]))
    .sort(compareText);
}

function isSame(before: unknown, after: unknown): boolean {
  return (isAbsent(before) && isAbsent(after)) || stableJson(before ?? null) === stableJson(after ?? null);
}
