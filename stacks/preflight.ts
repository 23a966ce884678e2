import { TerraformBackend, TerraformElement, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { App } from "cdktf";
import { compareText } from "../modules/text";
import { someTemplate } from "../modules/terraform/read/escape";

/**
 * What Terraform would only say at apply, or never: every breach of the stack laws in the whole tree, at once, sorted.
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
  if (!aliases.includes("")) found.push(`${stack.node.path}: no default provider that guards against a forgotten one`);
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
  readonly assume_role?: readonly { readonly role_arn?: string; readonly session_name?: string }[];
}

function checkProvider(provider: TerraformProvider): readonly string[] {
  const { path } = provider.node;
  const rendered = provider.toTerraform() as { provider: Record<string, ProviderJson[]> };
  const json = Object.values(rendered.provider)[0]?.[0] ?? {};
  const allowed = json.allowed_account_ids ?? [];
  if (provider.alias === undefined) {
    const guarded = allowed.length === 1 && allowed[0] === "000000000000";
    return guarded ? [] : [`${path}: the default provider can touch an account`];
  }
  const role = json.assume_role?.[0];
  const account = role?.role_arn?.split(":")[4];
  const found: string[] = [];
  if (allowed.length !== 1 || allowed[0] !== account) {
    found.push(`${path}: allowed_account_ids is not the account of the role it assumes`);
  }
  if (!role?.session_name) found.push(`${path}: no session name, so every plan would differ`);
  return found;
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
