import { listOf, recordOf } from "./json";
import type { PlanJson } from "./plan-text";

/** Which account a plan's resources belong to. */
export interface PlanAccounts {
  /** Of every provider that names exactly one account and is not the guard, sorted. */
  readonly ids: readonly string[];
  /** By the provider of the configuration; undefined when it is not there, or its account is not written out. */
  readonly ofAddress: (address: string) => string | undefined;
  /** Of a resource that only the state still knows: the only account there is, or the one its name begins with. */
  readonly ofRemoved: (address: string) => string | undefined;
  /** Arguments the configuration gives to a resource. */
  readonly given: (address: string) => ReadonlySet<string>;
}

interface Configured {
  readonly provider: string;
  readonly given: ReadonlySet<string>;
}

export function planAccounts(plan: PlanJson): PlanAccounts {
  const configuration = recordOf(plan["configuration"]);
  const providers = providerAccounts(configuration);
  const resources = new Map(configured(recordOf(configuration["root_module"]), ""));
  const ids = [...new Set([...providers.values()].map(({ id }) => id))].sort();
  const find = (address: string) => resources.get(withoutKeys(address));
  return {
    ids,
    ofAddress: (address) => providers.get(find(address)?.provider ?? "")?.id,
    ofRemoved: (address) => (ids.length === 1 ? ids[0] : longestPrefix(address, [...providers.values()])),
    given: (address) => find(address)?.given ?? new Set(),
  };
}

/** `module.a["x"].aws_iam_role.b[0]` as the configuration calls it: `module.a.aws_iam_role.b`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

interface Provider {
  readonly id: string;
  readonly alias: string;
}

/** By provider key, from `allowed_account_ids` as written; the guard's is left out. */
function providerAccounts(configuration: PlanJson): ReadonlyMap<string, Provider> {
  return new Map(
    Object.entries(recordOf(configuration["provider_config"])).flatMap(([key, config]): [string, Provider][] => {
      const allowed = listOf(
        recordOf(recordOf(recordOf(config)["expressions"])["allowed_account_ids"])["constant_value"],
      );
      const [id] = allowed;
      const usable = allowed.length === 1 && typeof id === "string" && /^\d{12}$/.test(id) && id !== "000000000000";
      return usable ? [[key, { id, alias: String(recordOf(config)["alias"] ?? "") }]] : [];
    }),
  );
}

function configured(module: PlanJson, prefix: string): readonly (readonly [string, Configured])[] {
  const own = listOf(module["resources"]).map((resource) => {
    const { address, provider_config_key: provider, expressions } = recordOf(resource);
    const given = new Set(Object.keys(recordOf(expressions)));
    return [`${prefix}${String(address)}`, { provider: String(provider), given }] as const;
  });
  const inner = Object.entries(recordOf(module["module_calls"])).flatMap(([name, call]) =>
    configured(recordOf(recordOf(call)["module"]), `${prefix}module.${name}.`),
  );
  return [...own, ...inner];
}

/** Names begin with their account's key, which the provider's alias carries: `acct_<key>`. */
function longestPrefix(address: string, providers: readonly Provider[]): string | undefined {
  const name = address.slice(address.indexOf(".") + 1);
  return providers
    .filter(({ alias }) => alias.startsWith("acct_") && name.startsWith(`${alias.slice("acct_".length)}_`))
    .sort((a, b) => b.alias.length - a.alias.length)[0]?.id;
}
