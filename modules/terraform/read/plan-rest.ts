import { compareText, quote } from "../../text";
import { countOf } from "../../words";
import { listOf, recordOf } from "./json";
import { type PlanJson, stateResources } from "./plan-shape";
import { strangeParts } from "./plan-strangers";

/**
 * What a plan has besides the resources that are judged one by one, a line each: every part of its JSON is one that Rolecall's
 * own stacks have, one that only tells about the others, or named here. Names only: values may be secrets.
 */
export function planRest(plan: PlanJson): readonly string[] {
  const configuration = recordOf(plan["configuration"]);
  const root = recordOf(configuration["root_module"]);
  const found = [
    ...strangers(plan, PLAN).map((key) => `it has the unknown part ${quote(key)}`),
    ...strangers(configuration, CONFIGURATION).map((key) => `its configuration has the unknown part ${quote(key)}`),
    ...modules(root, "").flatMap(({ at, module }) => ofModule(at, module)),
    ...strangeParts(plan).map((key) => `its resources have ${quote(key)}, which Rolecall never writes`),
    ...notManaged(plan),
    ...outputs(plan, root),
    ...variables(plan, root),
    ...checks(plan),
  ];
  return [...new Set(found)];
}

/** Read elsewhere, or about the other parts: `relevant_attributes` says which values a change came from. */
const PLAN: ReadonlySet<string> = new Set([
  ...["format_version", "terraform_version", "timestamp", "applyable", "complete", "errored", "relevant_attributes"],
  ...["planned_values", "prior_state", "resource_changes", "resource_drift", "configuration", "proposed_unknown"],
  ...["output_changes", "checks", "variables", "deferred_changes", "action_invocations", "deferred_action_invocations"],
]);
const CONFIGURATION: ReadonlySet<string> = new Set(["provider_config", "root_module"]);
const MODULE: ReadonlySet<string> = new Set(["resources", "outputs", "variables", "module_calls", "actions"]);

/** Keys that nothing here knows, and that say something. */
function strangers(part: PlanJson, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(part).filter((key) => !known.has(key) && !isEmpty(part[key]));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

interface Module {
  /** `module.a.`, or nothing for the root. */
  readonly at: string;
  readonly module: PlanJson;
}

function modules(module: PlanJson, at: string): readonly Module[] {
  const calls = Object.entries(recordOf(module["module_calls"]));
  return [
    { at, module },
    ...calls.flatMap(([name, call]) => modules(recordOf(recordOf(call)["module"]), `${at}module.${name}.`)),
  ];
}

/** Rolecall's stacks are one module of resources. */
function ofModule(at: string, module: PlanJson): readonly string[] {
  const where = at === "" ? "its configuration" : `its module ${quote(at.slice(0, -1))}`;
  const names = (key: string) => Object.keys(recordOf(module[key])).sort(compareText);
  const list = (key: string, what: string) =>
    names(key).length === 0 ? [] : [`${where} has ${what}: ${some(names(key))}`];
  const actions = listOf(module["actions"]).map((action) => String(recordOf(action)["address"]));
  return [
    ...strangers(module, MODULE).map((key) => `${where} has the unknown part ${quote(key)}`),
    ...list("module_calls", "modules, which Rolecall never writes"),
    ...(at === "" ? [] : list("variables", "variables, which Rolecall never writes")),
    ...(actions.length === 0 ? [] : [`${where} has actions, which can do anything: ${some(actions)}`]),
  ];
}

/** Data sources are read with the deploy role's rights, and some do something; ephemeral resources run in every plan. */
function notManaged(plan: PlanJson): readonly string[] {
  const root = recordOf(recordOf(plan["configuration"])["root_module"]);
  const configured = modules(root, "").flatMap(({ at, module }) =>
    listOf(module["resources"])
      .map(recordOf)
      .map(({ mode, type, address }) => ({ mode, type, address: `${at}${String(address)}` })),
  );
  const changed = [...listOf(plan["resource_changes"]), ...listOf(plan["deferred_changes"])].map((entry) => {
    const change = recordOf(entry);
    return recordOf(change["resource_change"] ?? change);
  });
  const planned = stateResources(plan["planned_values"]);
  const others = [...configured, ...changed, ...planned].filter(({ mode }) => mode !== undefined && mode !== "managed");
  const names = [...new Set(others.map(({ address }) => String(address)))].sort(compareText);
  if (names.length === 0) return [];
  const count = countOf(names.length, "data source or ephemeral resource", "data sources or ephemeral resources");
  return [`it reads ${count}, which Rolecall never writes: ${some(names)}`];
}

function outputs(plan: PlanJson, root: PlanJson): readonly string[] {
  const all = [plan["output_changes"], root["outputs"], recordOf(plan["planned_values"])["outputs"]];
  const names = [...new Set(all.flatMap((part) => Object.keys(recordOf(part))))].sort(compareText);
  return names.length === 0 ? [] : [`it has outputs, which Rolecall never writes: ${some(names)}`];
}

/** The person who starts Terraform chooses them. */
function variables(plan: PlanJson, root: PlanJson): readonly string[] {
  const names = [plan["variables"], root["variables"]].flatMap((part) => Object.keys(recordOf(part)));
  const all = [...new Set(names)].sort(compareText);
  return all.length === 0 ? [] : [`it has variables, which Rolecall never writes: ${some(all)}`];
}

/** Conditions that the configuration sets itself, fulfilled or not. */
function checks(plan: PlanJson): readonly string[] {
  const names = listOf(plan["checks"]).map((check) => String(recordOf(recordOf(check)["address"])["to_display"]));
  return names.length === 0 ? [] : [`it has checks, which Rolecall never writes: ${some(names)}`];
}

const SHOWN = 3;

function some(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  return `${names.slice(0, SHOWN).map(quote).join(", ")}${more}`;
}
