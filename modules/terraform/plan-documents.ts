import type { AccountDocuments } from "../iam/account-documents";
import { listOf, recordOf } from "./json";
import { documentsOf, type IamResource } from "./iam-resources";

/**
 * Reads plans as `terraform show -json <plan>` prints them: what will be there after the apply. Throws on another major
 * format version, on an errored plan, and on text that is no plan. A value known only after the apply makes its account unknown.
 */
export function readPlanDocuments(plans: readonly unknown[]): readonly AccountDocuments[] {
  const read = plans.map(readPlan);
  return documentsOf(
    read.flatMap(({ resources }) => resources),
    [...new Set(read.flatMap(({ accountIds }) => accountIds))],
  );
}

interface PlanResources {
  readonly resources: readonly IamResource[];
  readonly accountIds: readonly string[];
}

function readPlan(plan: unknown): PlanResources {
  const version = recordOf(plan)["format_version"];
  if (typeof version !== "string") throw new Error("this is no plan; give the output of terraform show -json <plan>");
  if (!/^1\./.test(version)) throw new Error(`the plan's format ${version} is not known here; only 1.x is`);
  if (recordOf(plan)["errored"] === true) throw new Error("the plan ended in an error; plan again");
  const accounts = providerAccounts(plan);
  const root = recordOf(recordOf(recordOf(plan)["planned_values"])["root_module"]);
  const providerOf = new Map(
    listOf(recordOf(recordOf(recordOf(plan)["configuration"])["root_module"])["resources"]).map((resource) => {
      const { address, provider_config_key: key } = recordOf(resource);
      return [String(address), String(key)];
    }),
  );
  const resources = modules(root)
    .flatMap((module) => listOf(module["resources"]))
    .map((resource): IamResource => {
      const { type, address, values } = recordOf(resource);
      const plain = String(address).replace(/\[[^\]]*\]$/, "");
      const accountId = accounts.get(providerOf.get(plain) ?? "");
      const found = { type: String(type), address: String(address), values: recordOf(values) };
      return accountId === undefined ? found : { ...found, accountId };
    });
  return { resources, accountIds: [...accounts.values()] };
}

/** Account id by provider key, from `allowed_account_ids` as written: the guard's is left out. */
function providerAccounts(plan: unknown): ReadonlyMap<string, string> {
  const configs = recordOf(recordOf(recordOf(plan)["configuration"])["provider_config"]);
  return new Map(
    Object.entries(configs).flatMap(([key, config]): [string, string][] => {
      const allowed = recordOf(recordOf(recordOf(config)["expressions"])["allowed_account_ids"])["constant_value"];
      const id = listOf(allowed).length === 1 ? listOf(allowed)[0] : undefined;
      return typeof id === "string" && id !== "000000000000" ? [[key, id]] : [];
    }),
  );
}

function modules(root: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  return [root, ...listOf(root["child_modules"]).flatMap((child) => modules(recordOf(child)))];
}
