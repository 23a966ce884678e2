import { TerraformBackend, TerraformElement, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { App } from "cdktf";
import { compareText } from "../modules/text";
import { someTemplate } from "../modules/terraform/read/escape";

/**
 * What Terraform would only say at apply, or never: every breach of the stack laws in the whole tree, all at once, sorted.
 * Empty means the tree may be synthesized. Each line names the construct's path.
 */
export function preflight(app: App): readonly string[] {
  const stacks = app.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
  return stacks.flatMap(checkStack).sort(compareText);
}

function checkStack(stack: TerraformStack): readonly string[] {
  const elements = stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
  const providers = elements.filter((node): node is TerraformProvider => TerraformProvider.isTerraformProvider(node));
  const resources = elements.filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node));
  return [
    ...checkBackend(stack, elements),
    ...checkAliases(stack, providers),
    ...providers.flatMap(checkProvider),
    ...resources.flatMap((resource) => checkResource(resource, providers)),
    ...checkIds(resources),
  ];
}

interface BackendJson {
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
}

/** Rendering the whole stack would tell as well, and take as long as the synth that follows. */
function checkBackend(stack: TerraformStack, elements: readonly TerraformElement[]): readonly string[] {
  const backend = elements.find((element) => TerraformBackend.isBackend(element));
  if (!backend) return [`${stack.node.path}: no backend`];
  const { terraform } = backend.toTerraform() as BackendJson;
  const path = terraform?.backend?.local?.path;
  return path?.startsWith("/") ? [`${stack.node.path}: the state path ${path} is absolute`] : [];
}

function checkAliases(stack: TerraformStack, providers: readonly TerraformProvider[]): readonly string[] {
  const aliases = providers.map(({ alias }) => alias ?? "");
  const found: string[] = [];
  if (!aliases.includes("")) found.push(`${stack.node.path}: no default provider to stop resources without a provider`);
  for (const alias of new Set(aliases)) {
    if (aliases.filter((other) => other === alias).length > 1) {
      found.push(`${stack.node.path}: two providers share the alias ${alias === "" ? "(default)" : alias}`);
    }
    if (alias !== "" && !/^[A-Za-z_][\w-]*$/.test(alias)) {
      found.push(`${stack.node.path}: Terraform refuses the alias ${alias}`);
    }
  }
  return found;
}

interface ProviderJson {
  readonly allowed_account_ids?: readonly string[];
  readonly assume_role?: unknown;
}

/** What account-provider.ts writes. Everything else changes whom Terraform works as, or whom it talks to. */
const PROVIDER_SETTINGS: ReadonlySet<string> = new Set([
  ...["alias", "region", "allowed_account_ids", "assume_role", "max_retries"],
]);
const ROLE_SETTINGS: ReadonlySet<string> = new Set(["role_arn", "session_name"]);

function checkProvider(provider: TerraformProvider): readonly string[] {
  const { path } = provider.node;
  const rendered = provider.toTerraform() as { provider: Record<string, ProviderJson[]> };
  const json = Object.values(rendered.provider)[0]?.[0] ?? {};
  const strange = Object.entries(json)
    .filter(([key, value]) => !PROVIDER_SETTINGS.has(key) && value !== undefined && value !== null)
    .map(([key]) => `${path}: ${key} is not a setting of a stack's provider`);
  return [...strange, ...(provider.alias === undefined ? checkGuard(path, json) : checkAccountProvider(path, json))];
}

function checkGuard(
  path: string,
  { allowed_account_ids: allowed = [], assume_role: roles }: ProviderJson,
): readonly string[] {
  const guarded = allowed.length === 1 && allowed[0] === "000000000000" && rolesIn(roles).length === 0;
  return guarded ? [] : [`${path}: the default provider can reach an account`];
}

/** A block without a role only warns, and several roles are taken one through the other (both tried with provider 5.100). */
function checkAccountProvider(path: string, { allowed_account_ids: allowed = [], assume_role: given }: ProviderJson) {
  const roles = rolesIn(given);
  const [role = {}] = roles;
  const { role_arn: arn, session_name: session } = role;
  if (roles.length !== 1) return [`${path}: it assumes ${roles.length} roles instead of one`];
  if (typeof arn !== "string" || arn === "") return [`${path}: its assume_role names no role, so it assumes none`];
  const found = Object.keys(role)
    .filter((key) => !ROLE_SETTINGS.has(key) && role[key] !== undefined && role[key] !== null)
    .map((key) => `${path}: ${key} is not a setting of a provider's assume_role`);
  if (allowed.length !== 1 || allowed[0] !== arn.split(":")[4]) {
    found.push(`${path}: allowed_account_ids is not the account of the role it assumes`);
  }
  if (!session) found.push(`${path}: no session name, so every plan would differ`);
  return found;
}

/** The bodies of the block, written as one or as a list. */
function rolesIn(given: unknown): readonly Readonly<Record<string, unknown>>[] {
  const bodies: readonly unknown[] = Array.isArray(given) ? given : [given];
  return bodies.filter((body): body is Record<string, unknown> => typeof body === "object" && body !== null);
}

const POLICY_ARGUMENTS = ["policy", "assume_role_policy"];
/** What the bindings of a resource with such an argument have; the others need no rendering. */
const POLICY_INPUTS = ["policyInput", "assumeRolePolicyInput"];

function checkResource(resource: TerraformResource, providers: readonly TerraformProvider[]): readonly string[] {
  const { path } = resource.node;
  const found: string[] = [];
  if (resource.provider === undefined) found.push(`${path}: no provider`);
  else if (!providers.includes(resource.provider)) found.push(`${path}: its provider belongs to another stack`);
  if (!POLICY_INPUTS.some((name) => name in resource)) return found;
  const rendered = resource.toTerraform() as { resource: Record<string, Record<string, Record<string, unknown>>> };
  const json = Object.values(Object.values(rendered.resource)[0] ?? {})[0] ?? {};
  for (const argument of POLICY_ARGUMENTS) {
    const text = json[argument];
    if (text === undefined) continue;
    if (typeof text !== "string" || someTemplate(text)) found.push(`${path}: ${argument} is not a literal`);
  }
  return found;
}

/** cdktf drops characters from ids: two resources with one logical id would silently be one. */
function checkIds(resources: readonly TerraformResource[]): readonly string[] {
  const seen = new Map<string, string>();
  return resources.flatMap((resource) => {
    const id = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    const other = seen.get(id);
    seen.set(id, resource.node.path);
    return other === undefined ? [] : [`${resource.node.path}: has the same Terraform name as ${other}: ${id}`];
  });
}
