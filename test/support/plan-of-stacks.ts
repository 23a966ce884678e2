import { unescapeTemplate } from "../../modules/terraform/read/escape";
import { stableJson } from "../../modules/text";
import type { StackJson } from "./synth";

type Values = Record<string, unknown>;

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly values: Values;
}

const NOT_VALUES = ["//", "provider", "depends_on", "lifecycle"];

function literal(value: unknown): unknown {
  if (typeof value === "string") return unescapeTemplate(value);
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)]));
}

function resources(stack: StackJson | undefined): ReadonlyMap<string, Resource> {
  return new Map(
    Object.entries(stack?.resource ?? {}).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, given]): [string, Resource] => {
        const kept = Object.entries(given).filter(([key]) => !NOT_VALUES.includes(key));
        const values = literal(Object.fromEntries(kept)) as Values;
        return [`${type}.${name}`, { type, name, provider: String(given["provider"]), values }];
      }),
    ),
  );
}

function configuration(stack: StackJson): object {
  const providers = stack.provider.aws.map((provider) => {
    const { alias, allowed_account_ids: constant_value } = provider;
    const key = typeof alias === "string" ? `aws.${alias}` : "aws";
    return [key, { name: "aws", alias, expressions: { allowed_account_ids: { constant_value } } }] as const;
  });
  const all = [...resources(stack)].map(([address, { type, name, provider }]) => ({
    ...{ address, mode: "managed", type, name },
    provider_config_key: provider,
  }));
  return { provider_config: Object.fromEntries(providers), root_module: { resources: all } };
}

function state(all: ReadonlyMap<string, Resource>): object {
  const listed = [...all].map(([address, { type, name, values }]) => ({
    address,
    mode: "managed",
    type,
    name,
    values,
  }));
  return { root_module: { resources: listed } };
}

function changes(before: ReadonlyMap<string, Resource>, after: ReadonlyMap<string, Resource>): readonly object[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((address) => {
    const old = before.get(address);
    const now = after.get(address);
    const equal = stableJson(old?.values) === stableJson(now?.values);
    const actions = old === undefined ? ["create"] : now === undefined ? ["delete"] : equal ? ["no-op"] : ["update"];
    const { type, name } = (old ?? now) as Resource;
    const change = { actions, before: old?.values ?? null, after: now?.values ?? null, after_unknown: {} };
    return { address, mode: "managed", type, name, change };
  });
}

/** The plan Terraform would show for a stack whose state is that of `before`, as far as Rolecall reads it. */
export function planOfStacks(before: StackJson | undefined, after: StackJson): Record<string, unknown> {
  const [old, now] = [resources(before), resources(after)];
  return {
    ...{ format_version: "1.2", terraform_version: "1.11.4", applyable: true, complete: true, errored: false },
    prior_state: { format_version: "1.0", values: state(old) },
    planned_values: state(now),
    resource_changes: changes(old, now),
    configuration: configuration(after),
  };
}
