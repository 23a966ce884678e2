import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the bare app is given: everything that is in the synthesized stacks, as plain values, nothing left to compute. */
export interface BareStack {
  readonly key: string;
  readonly requiredVersion: string;
  readonly awsProvider: Json;
  readonly statePath: string;
  readonly providers: readonly BareProvider[];
  readonly resources: readonly BareResource[];
}

interface BareProvider {
  readonly alias?: string;
  readonly region: string;
  readonly allowedAccountIds: string[];
  readonly assumeRole?: { readonly roleArn: string; readonly sessionName: string }[];
}

interface BareResource {
  readonly type: string;
  /** Terraform's name of the resource; also the bare app's construct id. */
  readonly id: string;
  readonly alias: string;
  readonly config: Json;
  /** `type.id` of resources before this one in the same stack. */
  readonly dependsOn: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

interface StackJson {
  readonly terraform: {
    readonly required_version: string;
    readonly required_providers: { readonly aws: Json };
    readonly backend: { readonly local: { readonly path: string } };
  };
  readonly provider: { readonly aws: readonly ProviderJson[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

interface ProviderJson {
  readonly alias?: string;
  readonly region: string;
  readonly allowed_account_ids: string[];
  readonly assume_role?: readonly { readonly role_arn: string; readonly session_name: string }[];
}

/** The stacks of a synthesized output folder by name, without cdktf's own notes (`//`), which hold construct paths. */
export function readStacks(outdir: string): ReadonlyMap<string, unknown> {
  const folder = join(outdir, "stacks");
  return new Map(
    readdirSync(folder)
      .sort()
      .map((key) => [key, withoutNotes(JSON.parse(readFileSync(join(folder, key, "cdk.tf.json"), "utf8")))]),
  );
}

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutNotes(part)]));
}

/** Values from which the bare app makes equal stacks. */
export function bareValues(stacks: ReadonlyMap<string, unknown>): readonly BareStack[] {
  return [...stacks].map(([key, json]) => bareStack(key, json as StackJson));
}

function bareStack(key: string, { terraform, provider, resource }: StackJson): BareStack {
  return {
    key,
    requiredVersion: terraform.required_version,
    awsProvider: terraform.required_providers.aws,
    statePath: terraform.backend.local.path,
    providers: provider.aws.map(bareProvider),
    resources: inOrder(
      Object.entries(resource).flatMap(([type, byId]) =>
        Object.entries(byId).map(([id, args]) => bareResource(type, id, args)),
      ),
    ),
  };
}

function bareProvider({ alias, region, allowed_account_ids, assume_role }: ProviderJson): BareProvider {
  const assumeRole = assume_role?.map(({ role_arn, session_name }) => ({
    roleArn: role_arn,
    sessionName: session_name,
  }));
  return {
    region,
    allowedAccountIds: allowed_account_ids,
    ...(alias === undefined ? {} : { alias }),
    ...(assumeRole === undefined ? {} : { assumeRole }),
  };
}

/** Arguments in the bindings' spelling; only their names change, tags keep their keys. */
function bareResource(type: string, id: string, args: Json): BareResource {
  const { provider, depends_on, ...rest } = args;
  const config = Object.fromEntries(Object.entries(rest).map(([name, value]) => [camelCase(name), value]));
  return { type, id, alias: String(provider).replace("aws.", ""), config, dependsOn: (depends_on ?? []) as string[] };
}

/** Each after what it depends on, as a person would write them. */
function inOrder(resources: readonly BareResource[]): readonly BareResource[] {
  const byAddress = new Map(resources.map((resource) => [`${resource.type}.${resource.id}`, resource]));
  const ordered = new Set<BareResource>();
  const visit = (resource: BareResource): void => {
    if (ordered.has(resource)) return;
    for (const address of resource.dependsOn) {
      const other = byAddress.get(address);
      if (other) visit(other);
    }
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource);
  return [...ordered];
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
