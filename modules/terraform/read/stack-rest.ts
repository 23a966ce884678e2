import { isRecord, stableJson } from "../../text";
import { listOf, recordOf } from "./json";
import { isDeciding, judges } from "./iam-resources";
import type { StackText } from "./stack-documents";

/** One thing that a stack says and no document of an account holds. */
export interface RestItem {
  /** What it is about, alike for all of its kind: `tags of aws_iam_user`. */
  readonly what: string;
  /** Which of them: an address, a provider's alias, a stack. */
  readonly which: string;
  /** Its value as canonical JSON; may hold secrets, and is compared and never shown. */
  readonly text: string;
  /** What it belongs to: an item that is on one side alone says something only where this is on both. */
  readonly of?: string;
}

/** What synthesized stacks say beside the documents of accounts. */
export interface StackRest {
  readonly items: ReadonlyMap<string, RestItem>;
  /** Everything that items may belong to. */
  readonly owners: ReadonlySet<string>;
}

/**
 * How Terraform works (providers, backends), what it works on beside IAM's documents, and the arguments of resources that no
 * document holds, tags among them. Throws on text that is no JSON.
 */
export function restOfStacks(stacks: readonly StackText[]): StackRest {
  const items = new Map<string, RestItem>();
  const owners = new Set<string>();
  const add = (item: RestItem) => items.set(JSON.stringify([item.what, item.which]), item);
  for (const { where, text } of stacks) {
    const stack: unknown = JSON.parse(text);
    owners.add(`stack ${where}`);
    for (const item of [...partItems(where, stack), ...providerItems(stack), ...resourceItems(stack)]) add(item);
    for (const owner of [...providerOwners(stack), ...resourceOwners(stack)]) owners.add(owner);
  }
  return { items, owners };
}

/** Everything but providers and resources, and each setting of Terraform itself. */
function partItems(stack: string, json: unknown): readonly RestItem[] {
  const { terraform, resource: _, provider: __, "//": ___, ...others } = recordOf(json);
  const of = `stack ${stack}`;
  return [
    ...Object.entries(recordOf(terraform)).map(([key, value]) => item(`${key} of Terraform`, stack, value, of)),
    ...Object.entries(others).map(([key, value]) => item(key, stack, value, of)),
  ];
}

function item(what: string, which: string, value: unknown, of?: string): RestItem {
  return { what, which, text: stableJson(withoutComments(value)), ...(of === undefined ? {} : { of }) };
}

/** cdktf's own notes, which hold paths of this machine. */
function withoutComments(value: unknown): unknown {
  if (!isRecord(value)) return value ?? null;
  const { "//": _, ...rest } = value;
  return rest;
}

interface Provider {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function providersOf(stack: unknown): readonly Provider[] {
  return Object.entries(recordOf(recordOf(stack)["provider"])).flatMap(([type, given]) =>
    (Array.isArray(given) ? given : [given]).map((values): Provider => {
      const { alias } = recordOf(values);
      return { name: typeof alias === "string" ? `${type}.${alias}` : type, values: recordOf(values) };
    }),
  );
}

function providerOwners(stack: unknown): readonly string[] {
  return providersOf(stack).map(({ name }) => `provider ${name}`);
}

function providerItems(stack: unknown): readonly RestItem[] {
  return providersOf(stack).flatMap(({ name, values }) => [
    // The accounts say whether it is the roster that brings it.
    item("provider", name, listOf(values["allowed_account_ids"])),
    ...Object.entries(values)
      .filter(([key]) => key !== "alias" && key !== "allowed_account_ids")
      .map(([key, value]) => item(`${key} of the provider`, name, value, `provider ${name}`)),
  ]);
}

interface Resource {
  readonly type: string;
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function resourcesOf(stack: unknown): readonly Resource[] {
  return Object.entries(recordOf(recordOf(stack)["resource"])).flatMap(([type, byName]) =>
    Object.entries(recordOf(byName)).map(([name, values]): Resource => {
      return { type, address: `${type}.${name}`, values: recordOf(values) };
    }),
  );
}

function resourceOwners(stack: unknown): readonly string[] {
  return resourcesOf(stack).flatMap(({ type, address, values }) => [
    address,
    holder(type, values["provider"], values["name"]),
  ]);
}

function holder(type: string, provider: unknown, name: unknown): string {
  return `${type} ${String(provider)} ${String(name)}`;
}

/** Says nothing of who may do what, or what other resources it waits for. */
const SILENT: ReadonlySet<string> = new Set(["//", "depends_on", "provider", "description"]);

function resourceItems(stack: unknown): readonly RestItem[] {
  return resourcesOf(stack).flatMap(({ type, address, values }) => [
    ...(inDocuments(type) ? [] : [{ what: type, which: address, text: "there", ...ownerOf(type, values) }]),
    ...Object.entries(values)
      .filter(([key]) => !SILENT.has(key) && !(judges(type) && isDeciding(key)))
      .map(([key, value]) => item(`${key} of ${type}`, address, value, address)),
  ]);
}

/** Whether a resource is there shows in the documents. */
function inDocuments(type: string): boolean {
  return judges(type) && !/_exclusive$|^aws_iam_account_/.test(type);
}

/** Lists that are exclusive come and go with their role or group, settings of an account with its provider. */
function ownerOf(type: string, values: Readonly<Record<string, unknown>>): { readonly of?: string } {
  const { provider, role_name: role, group_name: group } = values;
  if (role !== undefined) return { of: holder("aws_iam_role", provider, role) };
  if (group !== undefined) return { of: holder("aws_iam_group", provider, group) };
  return /^aws_iam_account_/.test(type) ? { of: `provider ${String(provider)}` } : {};
}
