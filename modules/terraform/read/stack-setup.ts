import type { ProviderSetup, Settings, StackSetup } from "../../iam/stack-setup";
import { unknown } from "../../known";
import { isRecord, quote } from "../../text";
import { listOf, recordOf } from "./json";
import { parseLockFile } from "./lock-file";
import { literalOf, providerSettings } from "./written";

/** One synthesized stack as it is in its folder. */
export interface StackFolder {
  /** Name of the stack. */
  readonly where: string;
  /** Of `cdk.tf.json`. */
  readonly text: string;
  /** Of `.terraform.lock.hcl`, when it is there. */
  readonly lock: string | undefined;
  /** What `.terraform/environment` says, when it is there. */
  readonly workspace?: string | undefined;
}

/** How Terraform works in the stack. Throws on text that is not JSON; a key written twice is an unknown of its documents. */
export function readStackSetup({ where, text, lock, workspace }: StackFolder): StackSetup {
  const stack = recordOf(JSON.parse(text));
  const unknowns: string[] = [];
  const terraform = terraformSettings(stack["terraform"], unknowns);
  const used = usedProviders(stack, unknowns);
  return {
    ...{ where, from: "synth", terraform, used },
    providers: providersOf(stack["provider"], recordOf(terraform["required_providers"]), unknowns),
    unknowns,
    lock: lock === undefined ? unknown("there is no lock file") : parseLockFile(lock),
    ...(workspace === undefined ? {} : { workspace }),
  };
}

/** Blocks may be written once or as a list, in any mixture; each of their settings appears once. */
function terraformSettings(given: unknown, unknowns: string[]): Settings {
  const settings = mergeBodies(literalBodies(given, "terraform", unknowns), "terraform", unknowns);
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, NESTED.has(key) ? single(value) : value]),
  );
}

/** Blocks of which there is one, and within them blocks of which there is one. */
const NESTED: ReadonlySet<string> = new Set(["backend", "cloud", "required_providers", "workspaces"]);

/** A list of one body is that body; several stay a list, which nobody expects. */
function single(value: unknown, depth = 0): unknown {
  const body = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isRecord(body) || depth > 0) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, inner]) => [key, isRecord(inner) || someRecord(inner) ? single(inner, 1) : inner]),
  );
}

function someRecord(value: unknown): boolean {
  return Array.isArray(value) && value.some(isRecord);
}

/** The bodies of a block as they are written: one, or a list of them. */
function bodiesOf(given: unknown, place: string, unknowns: string[]): readonly Settings[] {
  const bodies = Array.isArray(given) ? given : [given];
  return bodies
    .filter((body) => body !== undefined && body !== null)
    .flatMap((body) => {
      if (isRecord(body)) return [body];
      unknowns.push(`${place} is not a block`);
      return [];
    });
}

function literalBodies(given: unknown, place: string, unknowns: string[]): readonly Settings[] {
  return bodiesOf(given, place, unknowns).map((body) => recordOf(literalOf(body, place, unknowns)));
}

function mergeBodies(bodies: readonly Settings[], place: string, unknowns: string[]): Settings {
  const merged: Record<string, unknown> = {};
  for (const [key, value] of bodies.flatMap(Object.entries)) {
    if (key in merged) unknowns.push(`${place} has ${quote(key)} twice`);
    merged[key] = value;
  }
  return merged;
}

function providersOf(given: unknown, required: Settings, unknowns: string[]): readonly ProviderSetup[] {
  return bodiesOf(given, "provider", unknowns).flatMap((byType) =>
    Object.entries(byType).flatMap(([type, bodies]) => {
      if (type === "//") return [];
      const { source, version } = recordOf(single(required[type]));
      return literalBodies(bodies, `a provider ${quote(type)}`, unknowns).map((body): ProviderSetup => {
        const { alias, ...settings } = body;
        const name = alias === undefined ? type : `${type}.${typeof alias === "string" ? alias : "?"}`;
        return {
          ...{ name, settings: providerSettings(settings) },
          ...(typeof source === "string" ? { source } : {}),
          ...(typeof version === "string" ? { version } : {}),
        };
      });
    }),
  );
}

/** References that Terraform writes without a template. */
const BARE: ReadonlySet<string> = new Set(["provider", "depends_on"]);

/** By resources and data sources; what else is an expression in them is an unknown. */
function usedProviders(stack: Settings, unknowns: string[]): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  for (const [part, prefix] of [["resource", ""] as const, ["data", "data."] as const])
    for (const [type, byName] of Object.entries(recordOf(stack[part])))
      for (const [name, body] of Object.entries(recordOf(byName)))
        for (const values of Array.isArray(body) ? listOf(body) : [body]) {
          const address = `${prefix}${type}.${name}`;
          const provider = recordOf(values)["provider"];
          const called = provider === undefined || provider === null ? (type.split("_")[0] ?? type) : String(provider);
          if (!used.has(called)) used.set(called, address);
          for (const [key, value] of Object.entries(recordOf(values)))
            if (!BARE.has(key)) literalOf(value, `${address}.${key}`, unknowns);
        }
  return used;
}
