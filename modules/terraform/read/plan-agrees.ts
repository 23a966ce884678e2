import { stableJson } from "../../text";
import { countOf } from "../../words";
import { type IamResource, isDeciding } from "./iam-resources";
import type { PlannedChange } from "./plan-changes";

/**
 * A plan tells what will be there twice: as changes, and as values. Readers take either; where the two differ, neither is the
 * whole truth.
 */
export function disagreeingParts(changes: readonly PlannedChange[], after: readonly IamResource[]): readonly string[] {
  const values = new Map(after.map((resource) => [resource.address, resource]));
  const made = changes.filter(({ deposed, actions }) => !deposed && !leaves(actions));
  const lost = made.filter(({ address }) => !values.has(address));
  const differing = made.filter((change) => differs(change, values.get(change.address)));
  return [
    ...said(lost.length, "has no planned value", "have no planned values"),
    ...said(differing.length, "has other planned values", "have other planned values"),
  ];
}

function said(count: number, one: string, more: string): readonly string[] {
  return count === 0 ? [] : [`it contradicts itself: ${countOf(count, `change ${one}`, `changes ${more}`)}`];
}

/** Nothing is planned of what goes, or is given up. */
function leaves(actions: readonly string[]): boolean {
  return !actions.includes("create") && (actions.includes("delete") || actions.includes("forget"));
}

function differs({ after }: PlannedChange, planned: IamResource | undefined): boolean {
  if (planned === undefined) return false;
  const keys = [...Object.keys(after), ...Object.keys(planned.values)].filter(isDeciding);
  return keys.some(
    (key) => stableJson(after[key] ?? null) !== stableJson(planned.values[key] ?? null) && !planned.unknown?.has(key),
  );
}
