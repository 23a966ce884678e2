import { listOf, recordOf } from "./json";
import { accountOfArn as accountIn } from "../../iam/arn";
import { type PartitionId, supportedPartition } from "../../iam/partition";
import type { Partitions } from "./iam-resources";
import type { PlanJson } from "./plan-shape";

/** Which account a plan's resources belong to. */
export interface PlanAccounts {
  /** Of every provider that names exactly one account and is not the guard, sorted. */
  readonly ids: readonly string[];
  readonly partitions: Partitions;
  /**
   * The account of the provider the configuration names, else of the resource's own ARN; undefined when neither tells, or the
   * two tell different ones. For a resource that only the state still knows, `removed`, the provider is the only one there is,
   * or the one its name begins with.
   */
  readonly of: (resource: LocatedResource, removed: boolean) => string | undefined;
  /** Arguments the configuration gives to a resource. */
  readonly given: (address: string) => ReadonlySet<string>;
}

interface LocatedResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
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
  const ofRemoved = (address: string) => (ids.length === 1 ? ids[0] : longestPrefix(address, [...providers.values()]));
  return {
    ids,
    partitions: new Map([...providers.values()].map(({ id, partition }) => [id, partition])),
    of: ({ address, values }, removed) => {
      const known = find(address);
      const provider = providers.get(known?.provider ?? "")?.id ?? (removed && !known ? ofRemoved(address) : undefined);
      const own = accountOfArn(values["arn"]);
      return own !== undefined && provider !== undefined && own !== provider ? undefined : (provider ?? own);
    },
    given: (address) => find(address)?.given ?? new Set(),
  };
}

function accountOfArn(arn: unknown): string | undefined {
  return typeof arn === "string" ? accountIn(arn)?.id : undefined;
}

/** `module.a["x"].aws_iam_role.b[0]` as the configuration calls it: `module.a.aws_iam_role.b`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

interface Provider {
  readonly id: string;
  readonly partition: PartitionId;
  readonly alias: string;
}

/**
 * By provider key, from `allowed_account_ids` as written, which the provider checks before it plans; the guard's is left out,
 * and so is one whose role is in another account: something else than the check must have let it pass.
 */
function providerAccounts(configuration: PlanJson): ReadonlyMap<string, Provider> {
  return new Map(
    Object.entries(recordOf(configuration["provider_config"])).flatMap(([key, config]): [string, Provider][] => {
      const expressions = recordOf(recordOf(config)["expressions"]);
      const allowed = listOf(recordOf(expressions["allowed_account_ids"])["constant_value"]);
      const roles = listOf(expressions["assume_role"]).map(
        (role) => recordOf(recordOf(role)["role_arn"])["constant_value"],
      );
      const [id] = allowed;
      const named = allowed.length === 1 && typeof id === "string" && /^\d{12}$/.test(id) && id !== "000000000000";
      const usable = named && roles.every((role) => typeof role !== "string" || accountOfArn(role) === id);
      const partition = supportedPartition(recordOf(expressions["region"])["constant_value"]);
      return usable ? [[key, { id, partition, alias: String(recordOf(config)["alias"] ?? "") }]] : [];
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
