import { listOf, recordOf } from "./json";
import { stateResources } from "./plan-shape";
import type { PlanJson } from "./plan-shape";

/**
 * Why a plan does not tell the whole truth about what its apply will do, one line each. `complete` and `applyable` are
 * Terraform's, since 1.8; OpenTofu does not write them, and what is not there is no doubt.
 */
export function planDoubts(plan: PlanJson): readonly string[] {
  const count = (key: string) => listOf(plan[key]).length;
  const changes = listOf(plan["resource_changes"]).map(recordOf);
  const doubts: readonly (readonly [boolean, string])[] = [
    [plan["errored"] === true, "it ended in an error, so it shows only part of what would happen; plan again"],
    [
      plan["complete"] === false && plan["errored"] !== true,
      "it is incomplete (-target, or deferred changes); plan everything",
    ],
    [count("deferred_changes") > 0, "it defers changes to a later plan"],
    [
      plan["applyable"] === false && plan["errored"] !== true && changes.some(does),
      "Terraform says it cannot be applied",
    ],
    [changes.some(doesUnknown), "it has an action that this version of Rolecall does not know; update Rolecall"],
    [
      changes.some(readsElsewhere) || someForeignData(rootModule(plan)),
      "it reads data sources of providers other than AWS, which may run programs",
    ],
    [someForeignProvider(plan), "it uses a provider other than HashiCorp's for AWS, which may do anything"],
    [someSetting(plan), "a provider has settings that Rolecall never writes, such as keys or a proxy"],
    [count("action_invocations") + count("deferred_action_invocations") > 0, "it runs actions, which can do anything"],
    [someDetour(plan), "a provider is sent to other endpoints, or does not check its account"],
    [someProvisioner(rootModule(plan)), "its configuration runs programs (provisioners)"],
  ];
  return doubts.filter(([holds]) => holds).map(([, text]) => text);
}

function actionsOf(entry: PlanJson): readonly unknown[] {
  return listOf(recordOf(entry["change"])["actions"]);
}

function does(entry: PlanJson): boolean {
  return actionsOf(entry).some((action) => action !== "no-op" && action !== "read");
}

/** Terraform 1.11's, and the sources of the releases up to 1.14. */
const ACTIONS: ReadonlySet<unknown> = new Set(["no-op", "create", "read", "update", "delete", "forget"]);

function doesUnknown(entry: PlanJson): boolean {
  return actionsOf(entry).some((action) => !ACTIONS.has(action));
}

function readsElsewhere(entry: PlanJson): boolean {
  return actionsOf(entry).includes("read") && !/^aws_/.test(String(entry["type"]));
}

/** With these, `allowed_account_ids` proves nothing. */
const DETOURS = ["endpoints", "skip_requesting_account_id"];
/** What `stacks/account-provider.ts` writes. */
const OURS = ["allowed_account_ids", "assume_role", "max_retries", "region"];
const PROVIDERS = /^(registry\.(terraform\.io|opentofu\.org)\/hashicorp\/aws|terraform\.io\/builtin\/terraform)$/;

function someDetour(plan: PlanJson): boolean {
  return providersOf(plan).some(({ settings }) => DETOURS.some((key) => settings.includes(key)));
}

function someSetting(plan: PlanJson): boolean {
  return providersOf(plan).some(({ settings }) =>
    settings.some((key) => !OURS.includes(key) && !DETOURS.includes(key)),
  );
}

function someForeignProvider(plan: PlanJson): boolean {
  const all = [...listOf(plan["resource_changes"]), ...stateResources(plan["planned_values"])];
  const used = all.map((change) => recordOf(change)["provider_name"]);
  const names = [...providersOf(plan).map(({ name }) => name), ...used];
  return names.some((name) => name !== undefined && !PROVIDERS.test(String(name)));
}

function providersOf(plan: PlanJson): readonly { readonly name: unknown; readonly settings: readonly string[] }[] {
  const providers = Object.values(recordOf(recordOf(plan["configuration"])["provider_config"])).map(recordOf);
  return providers.map((provider) => ({
    name: provider["full_name"],
    settings: Object.entries(recordOf(provider["expressions"])).flatMap(([key, tree]) => (isNull(tree) ? [] : [key])),
  }));
}

/** Terraform shows a setting of null, which is none. */
function isNull(tree: unknown): boolean {
  return "constant_value" in recordOf(tree) && recordOf(tree)["constant_value"] === null;
}

function rootModule(plan: PlanJson): PlanJson {
  return recordOf(recordOf(plan["configuration"])["root_module"]);
}

/** `external` runs a program while it plans, `http` sends what it is given. */
function someForeignData(module: PlanJson): boolean {
  const isForeign = ({ mode, type }: PlanJson) => mode === "data" && !/^aws_/.test(String(type));
  return (
    listOf(module["resources"]).some((resource) => isForeign(recordOf(resource))) ||
    Object.values(recordOf(module["module_calls"])).some((call) => someForeignData(recordOf(recordOf(call)["module"])))
  );
}

function someProvisioner(module: PlanJson): boolean {
  return (
    listOf(module["resources"]).some((resource) => listOf(recordOf(resource)["provisioners"]).length > 0) ||
    Object.values(recordOf(module["module_calls"])).some((call) => someProvisioner(recordOf(recordOf(call)["module"])))
  );
}
