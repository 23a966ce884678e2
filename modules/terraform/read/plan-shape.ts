import { isRecord } from "../../text";
import { listOf, recordOf } from "./json";

/** The plan's JSON as it is: an object. */
export type PlanJson = Readonly<Record<string, unknown>>;

/**
 * The first place where a plan is not shaped as Terraform shapes plans. Readers pass over what they do not look for; what they
 * do look for must not be passed over because it is something else.
 */
export function misshapen(plan: PlanJson): string | undefined {
  return (
    ["planned_values", "prior_state", "configuration"].find((key) => !isRecord(plan[key] ?? {})) ??
    ["resource_changes", "resource_drift"].flatMap((key) => wrongChange(key, plan[key]) ?? [])[0] ??
    wrongModule("planned_values", recordOf(plan["planned_values"])["root_module"]) ??
    wrongModule("prior_state", recordOf(recordOf(plan["prior_state"])["values"])["root_module"])
  );
}

function wrongChange(key: string, changes: unknown): string | undefined {
  if (!Array.isArray(changes ?? [])) return key;
  const at = listOf(changes).findIndex((entry) => {
    const { address, type, change } = recordOf(entry);
    const { actions, after_unknown: marks } = recordOf(change);
    const named = typeof address === "string" && typeof type === "string";
    return (
      !named ||
      marks === true ||
      !Array.isArray(actions) ||
      actions.length === 0 ||
      !actions.every((each) => typeof each === "string")
    );
  });
  return at < 0 ? undefined : `${key}[${at}]`;
}

function wrongModule(key: string, module: unknown): string | undefined {
  if (module === undefined) return undefined;
  const { resources = [], child_modules: children = [] } = recordOf(module);
  if (!isRecord(module) || !Array.isArray(resources) || !Array.isArray(children)) return key;
  const at = resources.findIndex((resource) => {
    const { address, type, values } = recordOf(resource);
    return typeof address !== "string" || typeof type !== "string" || !isRecord(values ?? {});
  });
  if (at >= 0) return `${key}.resources[${at}]`;
  return children.flatMap((child) => wrongModule(key, child ?? null) ?? [])[0];
}

/** Every resource in values as Terraform shows them, those of modules included. */
export function stateResources(values: unknown): readonly PlanJson[] {
  const within = (module: PlanJson): readonly PlanJson[] => [
    ...listOf(module["resources"]).map(recordOf),
    ...listOf(module["child_modules"]).flatMap((child) => within(recordOf(child))),
  ];
  return within(recordOf(recordOf(values)["root_module"]));
}
