import type { ProviderSetup, StackSetup } from "../../iam/stack-setup";
import { isRecord, quote } from "../../text";
import { someTemplate } from "./escape";
import { listOf, recordOf } from "./json";
import type { PlanJson } from "./plan-shape";
import { literalOf, providerSettings } from "./written";

/** How Terraform works in the stack of a plan, as its configuration says. It shows providers, and no backend. */
export function planSetup(plan: PlanJson): StackSetup {
  const configuration = recordOf(plan["configuration"]);
  const unknowns: string[] = [];
  const given = configuration["provider_config"];
  if (given !== undefined && !isRecord(given)) unknowns.push("the providers of the plan are not a mapping");
  const providers = Object.entries(recordOf(given)).map(([key, config]) => providerOf(key, config, unknowns));
  return { where: "the plan", from: "plan", providers, used: usedIn(configuration, unknowns), unknowns };
}

function providerOf(key: string, config: unknown, unknowns: string[]): ProviderSetup {
  const { name, alias, full_name: source, version_constraint: version, expressions, ...others } = recordOf(config);
  const place = `the provider ${quote(key)}`;
  for (const other of Object.keys(others)) unknowns.push(`${place} has the unknown part ${quote(other)}`);
  const said = alias === undefined ? String(name) : `${String(name)}.${String(alias)}`;
  if (name !== undefined && said !== key) unknowns.push(`${place} is called ${quote(said)}`);
  const settings = evaluated(expressions ?? {}, place, unknowns);
  return {
    ...{ name: key, settings: providerSettings(recordOf(settings)) },
    ...(typeof source === "string" ? { source } : {}),
    ...(typeof version === "string" ? { version } : {}),
  };
}

/**
 * The literals of a tree of expressions. Of a JSON configuration Terraform writes a template into `constant_value` as it stands,
 * with `references` next to it, or without any when it only calls functions (tried with 1.11.4).
 */
function evaluated(tree: unknown, place: string, unknowns: string[]): unknown {
  if (Array.isArray(tree)) return tree.map((each) => evaluated(each, place, unknowns));
  if (!isRecord(tree)) {
    unknowns.push(`${place} is not an expression`);
    return null;
  }
  if ("constant_value" in tree && !("references" in tree)) return literalOf(tree["constant_value"], place, unknowns);
  if ("references" in tree) {
    unknowns.push(`${place} is an expression`);
    return EXPRESSION;
  }
  const entries = Object.entries(tree);
  return Object.fromEntries(
    entries
      .map(([key, inner]) => [key, argument(inner, `${place}.${key}`, unknowns)] as const)
      .filter(([, inner]) => inner !== null),
  );
}

/** An argument without value and references is an expression that is evaluated later, never an empty block. */
function argument(tree: unknown, place: string, unknowns: string[]): unknown {
  if (!isRecord(tree) || Object.keys(tree).length > 0) return evaluated(tree, place, unknowns);
  unknowns.push(`${place} is an expression`);
  return EXPRESSION;
}

/** In place of a value that only Terraform knows, so that the setting is there. */
const EXPRESSION = "(an expression)";

function usedIn(configuration: PlanJson, unknowns: string[]): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  const root = recordOf(configuration["root_module"]);
  for (const resource of listOf(root["resources"])) {
    const { address, provider_config_key: provider, expressions } = recordOf(resource);
    if (!used.has(String(provider))) used.set(String(provider), String(address));
    for (const [key, tree] of Object.entries(recordOf(expressions)))
      if (someExpression(tree)) unknowns.push(`${String(address)}.${key} is an expression`);
  }
  for (const call of Object.keys(recordOf(root["module_calls"]))) unknowns.push(`it calls the module ${quote(call)}`);
  return used;
}

function someExpression(tree: unknown): boolean {
  if (Array.isArray(tree)) return tree.some(someExpression);
  if (!isRecord(tree)) return false;
  if ("references" in tree) return true;
  if ("constant_value" in tree) return someTemplateIn(tree["constant_value"]);
  return Object.values(tree).some(someExpression);
}

function someTemplateIn(value: unknown): boolean {
  if (typeof value === "string") return someTemplate(value);
  return typeof value === "object" && value !== null && Object.values(value).some(someTemplateIn);
}
