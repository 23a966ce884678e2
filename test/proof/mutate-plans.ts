/* Plans in which somebody changed one thing: consistently, as Terraform would show it, or in one of the places that say it. */

type Json = Record<string, unknown>;

interface Listed extends Json {
  readonly address: string;
  readonly type: string;
  values: Json;
}

interface Changed extends Json {
  readonly address: string;
  change: { before: Json | null; after: Json | null };
}

/** A plan as `planOfStacks` makes it, of a stack for which nothing is to do. */
export interface WholePlan extends Json {
  planned_values: { root_module: { resources: Listed[] } };
  prior_state: { values: { root_module: { resources: Listed[] } } };
  resource_changes: Changed[];
  configuration: { root_module: { resources: Listed[] } };
}

export interface PlanMutant {
  readonly what: string;
  readonly stack: string;
  readonly plan: unknown;
}

export type Plans = Readonly<Record<string, WholePlan>>;

function others(value: unknown): readonly unknown[] {
  if (typeof value === "boolean") return [!value, null];
  if (typeof value === "number") return [value + 1, value - 1, 0, null, String(value)];
  if (typeof value === "string") return [`${value}x`, "", null, value.toUpperCase()];
  if (Array.isArray(value)) return [[], null, [...(value as unknown[]), "x"], value.slice(1)];
  return [null, {}, { ...(value as object), x: "y" }];
}

/** The other suites change them, statement by statement. */
const JUDGED_BY_MEANING: ReadonlySet<string> = new Set(["policy", "assume_role_policy", "max_session_duration"]);

function* edits(plans: Plans): Generator<{ stack: string; resource: Listed; key: string; put: unknown; what: string }> {
  for (const [stack, plan] of Object.entries(plans))
    for (const resource of plan.planned_values.root_module.resources)
      for (const [key, value] of Object.entries(resource.values))
        for (const put of JUDGED_BY_MEANING.has(key) ? [] : others(value))
          if (JSON.stringify(put) !== JSON.stringify(value)) {
            const what = `${stack} ${resource.address} ${key}: ${JSON.stringify(value)} -> ${JSON.stringify(put)}`;
            yield { stack, resource, key, put, what };
          }
}

/** Which of the places that tell a value are changed. */
export const PLACES = {
  /** AWS is so already, and the plan leaves it so. */
  "before and after": ["prior", "before", "planned", "after"],
  "after the apply": ["planned", "after"],
  "planned values only": ["planned"],
  "changes only": ["after"],
} as const;

type Place = keyof typeof PLACES;

export function* valueMutants(plans: Plans, place: Place): Generator<PlanMutant> {
  const places: readonly string[] = PLACES[place];
  for (const { stack, resource, key, put, what } of edits(plans)) {
    const plan = structuredClone(plans[stack]) as WholePlan;
    const set = (all: Listed[]) => {
      for (const each of all) if (each.address === resource.address) each.values = { ...each.values, [key]: put };
    };
    if (places.includes("prior")) set(plan.prior_state.values.root_module.resources);
    if (places.includes("planned")) set(plan.planned_values.root_module.resources);
    for (const { address, change } of plan.resource_changes)
      if (address === resource.address)
        for (const side of ["before", "after"] as const)
          if (places.includes(side)) change[side] = { ...change[side], [key]: put };
    yield { what: `${place}: ${what}`, stack, plan };
  }
}

/** Every resource away from everywhere, and Terraform forgetting every one. */
export function* lostMutants(plans: Plans): Generator<PlanMutant> {
  for (const [stack, base] of Object.entries(plans))
    for (const { address } of base.planned_values.root_module.resources) {
      const without = <T extends { readonly address: string }>(all: T[]) =>
        all.filter((each) => each.address !== address);
      const lost = structuredClone(base);
      for (const part of [lost.planned_values, lost.prior_state.values, lost.configuration])
        part.root_module.resources = without(part.root_module.resources);
      lost.resource_changes = without(lost.resource_changes);
      // A policy without its text is evaluated, in the other suites.
      if (!/_policy\./.test(address) || address.startsWith("aws_iam_account_"))
        yield { what: `lost: ${stack} ${address}`, stack, plan: lost };
      const left = structuredClone(base);
      left.planned_values.root_module.resources = without(left.planned_values.root_module.resources);
      left.configuration.root_module.resources = without(left.configuration.root_module.resources);
      for (const each of left.resource_changes)
        if (each.address === address)
          each.change = { ...each.change, actions: ["forget"], after: null } as Changed["change"];
      yield { what: `forgotten: ${stack} ${address}`, stack, plan: left };
    }
}

/** Other parts of a plan that say something else than Terraform's plan of Rolecall's stack. */
export function* partMutants(plans: Plans): Generator<PlanMutant> {
  for (const [stack, base] of Object.entries(plans)) {
    for (const value of [undefined, null, {}, { root_module: {} }, { root_module: { resources: [] } }])
      yield {
        what: `${stack} planned_values: ${JSON.stringify(value)}`,
        stack,
        plan: { ...base, planned_values: value },
      };
    for (const { address } of base.planned_values.root_module.resources) {
      const put = (part: "planned" | "configured" | "changed", more: Json): PlanMutant => {
        const plan = structuredClone(base);
        const all: Json[] =
          part === "changed"
            ? plan.resource_changes
            : (part === "planned" ? plan.planned_values : plan.configuration).root_module.resources;
        for (const each of all) if (each["address"] === address) Object.assign(each, more);
        return { what: `${stack} ${part} ${address}: ${JSON.stringify(more)}`, stack, plan };
      };
      yield put("planned", { mode: "nonsense" });
      yield put("planned", { mode: "data" });
      yield put("planned", { provider_name: "registry.terraform.io/evil/aws" });
      yield put("planned", { sensitive_values: true });
      yield put("planned", { type: "aws_iam_x" });
      yield put("planned", { index: 0 });
      yield put("configured", { count_expression: { constant_value: 1 } });
      yield put("configured", { for_each_expression: { constant_value: ["a"] } });
      yield put("configured", { something_new: true });
      yield put("changed", { index: "a" });
      yield put("changed", { mode: "data" });
    }
  }
}
