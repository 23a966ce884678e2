import { isAbsent } from "../../terraform/read/iam-arguments";
import { isDeciding, judges } from "../../terraform/read/iam-resources";
import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { TerraformPlan } from "../../terraform/read/read-plan";
import { compareText, quote, stableJson } from "../../text";
import type { AccessChange } from "../access-change";
import { acts } from "./documents";
import { resourceText } from "./resource-text";

type Sentence = Pick<AccessChange, "direction" | "sentence"> & { readonly of: PlannedChange };

/** What somebody changed by hand and no document shows: settings of the account, tags, resources that are not judged. Names of arguments only. */
export function driftRest({ drift, changes }: TerraformPlan): readonly Sentence[] {
  const done = new Map(changes.filter(acts).map((change) => [change.address, change]));
  return drift.flatMap((of) => {
    const keys = judges(of.type) ? argumentsOf(of) : undefined;
    if (keys?.length === 0) return [];
    const change = done.get(of.address);
    const isPutBack = keys?.every((key) => isSame(change?.after[key], of.before[key])) === true && change !== undefined;
    const fate = isPutBack ? "the apply puts it back" : "the apply keeps it";
    const what = judges(of.type) ? resourceText(of) : `what is not judged, ${safeType(of)}`;
    const sentence = `since the last apply somebody changed by hand: ${what}${shown(keys ?? [])}; ${fate}`;
    return [{ of, direction: isPutBack ? "neutral" : "unknown", sentence }];
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

function shown(keys: readonly string[]): string {
  const names = keys.map((key) => (/^\w+$/.test(key) ? key : quote(key)));
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

function isSame(before: unknown, after: unknown): boolean {
  return (isAbsent(before) && isAbsent(after)) || stableJson(before ?? null) === stableJson(after ?? null);
}

function safeType({ type }: PlannedChange): string {
  return /^[a-z][a-z0-9_]{0,79}$/.test(type) ? type : "a type without a proper name";
}
