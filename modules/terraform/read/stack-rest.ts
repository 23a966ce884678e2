import type { ProviderSetup, StackSetup } from "../../iam/stack-setup";
import { compareText, isRecord, stableJson } from "../../text";
import { listOf, recordOf } from "./json";
import { isDeciding, judges } from "./iam-resources";
import { readStackSetup, type StackFolder } from "./stack-setup";

/** One thing that a stack says and no document of an account holds. */
export interface RestItem {
  /** What it is about, alike for all of its kind: `tags of aws_iam_user`. */
  readonly what: string;
  /** Which of them: an address, a provider's alias, a stack. */
  readonly which: string;
  /** Its value as canonical JSON; may hold secrets, and is compared and never shown. */
  readonly text: string;
  /** What it belongs to: an item that is on one side only says something only where this is on both. */
  readonly of?: string;
}

/** What synthesized stacks say in addition to the documents of accounts. */
export interface StackRest {
  readonly items: ReadonlyMap<string, RestItem>;
  /** Everything that items may belong to. */
  readonly owners: ReadonlySet<string>;
}

/**
 * How Terraform works (providers, backends, lock files), what it works on in addition to IAM's documents, and the arguments of resources
 * that no document holds, tags among them. Throws on text that is not JSON.
 */
export function restOfStacks(stacks: readonly StackFolder[]): StackRest {
  const items = new Map<string, RestItem>();
  const owners = new Set<string>();
  for (const folder of stacks) {
    const stack: unknown = JSON.parse(folder.text);
    const setup = readStackSetup(folder);
    owners.add(`stack ${folder.where}`);
    const accountOf = accountsOf(setup);
    for (const item of [
      ...partItems(folder.where, stack),
      ...setupItems(setup),
      ...resourceItems(stack).map(({ provider, ...found }) => ({ ...found, in: accountOf(provider) })),
    ])
      put(items, item);
    for (const owner of [...providerOwners(setup), ...resourceOwners(stack)]) owners.add(owner);
  }
  return { items, owners };
}

interface Placed extends RestItem {
  /** What tells it from its like elsewhere: the account of a resource, or the stack when that is not known. */
  readonly in?: string;
}

/** Two of one name in one place are both kept: neither hides the other, and a stack may hand its account to another. */
function put(items: Map<string, RestItem>, { in: place = "", ...item }: Placed): void {
  const key = JSON.stringify([item.what, item.which, place]);
  const other = items.get(key);
  const texts = other ? [other.text, item.text].sort(compareText) : [];
  items.set(key, other ? { ...item, text: stableJson(texts) } : item);
}

/** Account by what resources call their provider. */
function accountsOf({ where, providers }: StackSetup): (provider: unknown) => string {
  const ids = new Map(providers.map(({ name, settings }) => [name, stableJson(settings["allowed_account_ids"])]));
  return (provider) => ids.get(String(provider)) ?? `stack ${where}`;
}

/** Everything but providers, resources and the settings of Terraform itself. */
function partItems(stack: string, json: unknown): readonly RestItem[] {
  const { terraform: _, resource: __, provider: ___, "//": ____, ...others } = recordOf(json);
  return Object.entries(others).map(([key, value]) => item(key, stack, value, `stack ${stack}`));
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

/** One item for each setting, in the one shape it has however it is written. */
function setupItems({ where, terraform = {}, providers, unknowns, lock, workspace }: StackSetup): readonly RestItem[] {
  const of = `stack ${where}`;
  return [
    ...Object.entries(terraform).map(([key, value]) => item(`${key} of Terraform`, where, value, of)),
    ...providers.flatMap((provider) =>
      provider.name.includes(".") ? providerItems(provider) : guardItems(of, provider),
    ),
    ...(unknowns.length === 0 ? [] : [item("what is an expression", where, unknowns, of)]),
    item("the lock file", where, lock, of),
    ...(workspace === undefined ? [] : [item("the workspace", where, workspace, of)]),
  ];
}

function providerOwners({ providers }: StackSetup): readonly string[] {
  return providers.map(({ name }) => `provider ${name}`);
}

function providerItems({ name, settings }: ProviderSetup): readonly RestItem[] {
  const { allowed_account_ids: ids, ...others } = settings;
  return [
    // The accounts say whether it is the roster that brings it.
    item("provider", name, listOf(ids)),
    ...Object.entries(others).map(([key, value]) => item(`${key} of the provider`, name, value, `provider ${name}`)),
  ];
}

/** Every stack has one of its own, of the same name. */
function guardItems(stack: string, { name, settings }: ProviderSetup): readonly RestItem[] {
  return Object.entries({ ...settings, presence: true }).map(([key, value]) =>
    item(`${key} of the default provider ${name}`, stack, value, stack),
  );
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

interface ResourceItem extends RestItem {
  readonly provider: unknown;
}

function resourceItems(stack: unknown): readonly ResourceItem[] {
  return resourcesOf(stack).flatMap(({ type, address, values }) => {
    const { provider } = values;
    const there = { what: type, which: address, text: "there", ...ownerOf(type, values) };
    const said = Object.entries(values)
      .filter(([key]) => !SILENT.has(key) && !(judges(type) && isDeciding(key)))
      .map(([key, value]) => item(`${key} of ${type}`, address, value, address));
    return [...(inDocuments(type) ? [] : [there]), ...said].map((each) => ({ ...each, provider }));
  });
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
