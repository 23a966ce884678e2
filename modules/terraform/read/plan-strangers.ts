import { compareText } from "../../text";
import { listOf, recordOf } from "./json";
import { type PlanJson, stateResources } from "./plan-shape";

const NAMED = ["address", "mode", "type", "name", "provider_name"];

/** What each resource of a plan is said with; `count`, `for_each` and what comes after them are not among it. */
const CONFIGURED: ReadonlySet<string> = new Set([
  ...["address", "mode", "type", "name", "provider_config_key", "expressions", "schema_version", "depends_on"],
  // Doubts of their own.
  "provisioners",
]);
const PLANNED: ReadonlySet<string> = new Set([
  ...[...NAMED, "schema_version", "values", "sensitive_values", "deposed_key", "tainted"],
  // Since Terraform 1.12: what the provider finds it by.
  ...["identity", "identity_schema_version"],
]);
const CHANGED: ReadonlySet<string> = new Set([
  ...[...NAMED, "previous_address", "deposed", "change", "action_reason", "module_address"],
]);
const CHANGE: ReadonlySet<string> = new Set([
  ...["actions", "before", "after", "after_unknown", "before_sensitive", "after_sensitive", "importing"],
  ...["replace_paths", "before_identity", "after_identity"],
]);

/** Names of the parts of a plan's resources that nothing here knows and that say something, sorted. */
export function strangeParts(plan: PlanJson): readonly string[] {
  const changes = listOf(plan["resource_changes"]).map(recordOf);
  // What goes may have been written by others, and is not written any more.
  const stays = changes.filter((entry) => !leaves(entry));
  const found = [
    ...strangers(configured(recordOf(recordOf(plan["configuration"])["root_module"])), CONFIGURED),
    ...strangers(stateResources(plan["planned_values"]), PLANNED),
    ...strangers(stays, CHANGED),
    ...strangers(
      stays.map(({ change }) => recordOf(change)),
      CHANGE,
    ),
  ];
  return [...new Set(found)].sort(compareText);
}

function leaves({ change }: PlanJson): boolean {
  const actions = listOf(recordOf(change)["actions"]);
  return !actions.includes("create") && (actions.includes("delete") || actions.includes("forget"));
}

function configured(module: PlanJson): readonly PlanJson[] {
  const calls = Object.values(recordOf(module["module_calls"]));
  return [
    ...listOf(module["resources"]).map(recordOf),
    ...calls.flatMap((call) => configured(recordOf(recordOf(call)["module"]))),
  ];
}

function strangers(parts: readonly PlanJson[], known: ReadonlySet<string>): readonly string[] {
  return parts.flatMap((part) => Object.keys(part).filter((key) => !known.has(key) && part[key] !== null));
}
