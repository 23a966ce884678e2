import { stableJson } from "../../text";
import { countOf } from "../../words";
import type { IamResource } from "./iam-resources";
import type { PlannedChange } from "./plan-changes";

/**
 * A plan tells what will be there twice: as changes, and as values. Readers take either; where the two differ, neither is the
 * whole truth.
 */
export function disagreeingParts(
  changes: readonly PlannedChange[],
  planned: readonly IamResource[],
): readonly string[] {
  const values = new Map(planned.map((resource) => [resource.address, resource]));
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

/** In any argument, whether or not somebody reads it. */
function differs(change: PlannedChange, planned: IamResource | undefined): boolean {
  if (planned === undefined) return false;
  const { after, type, unknown } = change;
  const isSame = (key: string) => stableJson(after[key] ?? null) === stableJson(planned.values[key] ?? null);
  const keys = [...Object.keys(after), ...Object.keys(planned.values)];
  return type !== planned.type || keys.some((key) => !isSame(key) && !unknown.includes(key));
}
