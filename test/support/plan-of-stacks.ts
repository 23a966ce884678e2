import { someTemplate, unescapeTemplate } from "../../modules/terraform/read/escape";
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
  if (typeof value === "string") return someTemplate(value) ? value : unescapeTemplate(value);
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

const BLOCKS = ["assume_role", "assume_role_with_web_identity", "default_tags", "endpoints", "ignore_tags"];

/** As Terraform shows a configuration in JSON: blocks as lists, literals as `constant_value`, templates with what they refer to. */
function expressionsOf(settings: Values): Values {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]): [string, unknown][] => {
      if (key === "//") return [];
      if (!BLOCKS.includes(key)) return [[key, expressionOf(value)]];
      const bodies = [value].flat().filter((body) => body !== null) as Values[];
      return bodies.length === 0 ? [] : [[key, bodies.map(expressionsOf)]];
    }),
  );
}

function expressionOf(constant_value: unknown): object {
  const references = [...JSON.stringify(constant_value ?? null).matchAll(/(?<!\$)\$\{([a-z]+\.\w+)/g)].map(
    ([, name]) => name,
  );
  return { constant_value, ...(references.length > 0 ? { references } : {}) };
}

function configuration(stack: StackJson): object {
  const { source, version } = (stack.terraform["required_providers"] as { aws: Values }).aws;
  const providers = stack.provider.aws.map((provider) => {
    const { alias, ...settings } = provider;
    const key = typeof alias === "string" ? `aws.${alias}` : "aws";
    const named = { name: "aws", full_name: source, version_constraint: version, ...(alias ? { alias } : {}) };
    return [key, { ...named, expressions: expressionsOf(settings) }] as const;
  });
  const all = [...resources(stack)].map(([address, { type, name, provider }]) => ({
    ...{ address, mode: "managed", type, name },
    provider_config_key: provider,
    expressions: expressionsOf(given(stack, type, name)),
  }));
  return { provider_config: Object.fromEntries(providers), root_module: { resources: all } };
}

function given(stack: StackJson, type: string, name: string): Values {
  const values = stack.resource[type]?.[name] ?? {};
  return Object.fromEntries(Object.entries(values).filter(([key]) => !NOT_VALUES.includes(key)));
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
