type Json = Record<string, unknown>;

/** Where in a plan a secret may lie; each place gets its own, so that a leak tells where it came from. */
const secret = (place: string): string => `s3cr3t-${place}`;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});

interface Planted {
  readonly type: string;
  readonly values: Json;
  readonly sensitive: Json;
}

/** Types that come with a secret, beside IAM and inside. */
const PLANTED: readonly Planted[] = [
  {
    type: "aws_db_instance",
    values: { password: secret("db"), username: secret("db-user") },
    sensitive: {},
  },
  {
    type: "terraform_data",
    values: { input: { token: secret("input") } },
    sensitive: { input: { token: true } },
  },
  {
    type: "aws_iam_access_key",
    values: { user: "ann", id: "AKIAEXAMPLE", secret: secret("key"), ses_smtp_password_v4: secret("smtp") },
    sensitive: { secret: true, ses_smtp_password_v4: true },
  },
  {
    type: "aws_iam_user_login_profile",
    values: { user: "ann", password: secret("password") },
    sensitive: {},
  },
  {
    type: "aws_iam_virtual_mfa_device",
    values: { virtual_mfa_device_name: "ann", base_32_string_seed: secret("seed"), qr_code_png: secret("qr") },
    sensitive: { base_32_string_seed: true },
  },
  {
    type: "aws_iam_server_certificate",
    values: { name: "c", private_key: secret("private") },
    sensitive: {},
  },
  {
    type: "aws_iam_role_policy",
    values: { role: "spectator", name: "hidden", policy: `{"Statement":{"Sid":"${secret("policy")}"}}` },
    sensitive: { policy: true },
  },
  {
    type: "aws_iam_user",
    values: { name: "tagged", path: "/", tags: { desk: secret("tag") }, force_destroy: secret("force") },
    sensitive: {},
  },
  {
    type: "aws_iam_role",
    values: { name: secret("hidden-name"), assume_role_policy: "{}", description: secret("description") },
    sensitive: { name: true },
  },
];

type Made = Planted & { readonly name: string };

/** The plan with a secret in every place that is no fact of IAM, and in attributes of IAM that are marked as secrets. */
export function plantSecrets(bytes: Uint8Array, provider: string): Buffer {
  const plan = JSON.parse(Buffer.from(bytes).toString("utf8")) as Json;
  const made = PLANTED.map((each, at) => ({ ...each, name: `planted${at}` }));
  plantValues(plan, made);
  plantChanges(plan, made);
  plantConfiguration(record(plan["configuration"]), made, provider);
  return Buffer.from(JSON.stringify(plan));
}

function plantValues(plan: Json, made: readonly Made[]): void {
  const state = record(record(plan["prior_state"])["values"]);
  const planned = record(plan["planned_values"]);
  for (const [at, module] of [state, planned].entries()) {
    const shown = made.map(({ sensitive, values, type, name }) => ({
      type,
      name,
      mode: "managed",
      address: type === "terraform_data" ? `terraform_data.x["${secret("index")}"]` : `${type}.${name}`,
      values: type === "aws_iam_user" ? { ...values, tags: { desk: secret(`tag-${at}`) } } : values,
      sensitive_values: sensitive,
    }));
    const inner = record(module["root_module"]);
    module["root_module"] = { ...inner, resources: [...list(inner["resources"]), ...shown] };
    module["outputs"] = { token: { sensitive: true, value: secret("output") } };
  }
}

function plantChanges(plan: Json, made: readonly Made[]): void {
  const changes = made.map(({ type, name, values, sensitive }) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    index: secret("index-key"),
    action_reason: secret("reason"),
    change: {
      actions: ["update"],
      before: { ...values, tags: { desk: secret("tag-0") } },
      after: values,
      after_unknown: {},
      before_sensitive: sensitive,
      after_sensitive: sensitive,
      generated_config: secret("generated"),
      before_identity: { id: secret("identity") },
      replace_paths: [[secret("path")]],
    },
  }));
  plan["variables"] = { password: { value: secret("variable") } };
  plan["resource_changes"] = [...list(plan["resource_changes"]), ...changes];
  plan["resource_drift"] = [...list(plan["resource_drift"]), ...changes];
  plan["output_changes"] = {
    token: { actions: ["update"], before: secret("output-before"), after: secret("output-after") },
  };
  plan["relevant_attributes"] = [{ resource: "aws_db_instance.x", attribute: [secret("attribute")] }];
  plan["checks"] = [{ status: "fail", instances: [{ problems: [{ message: secret("check") }] }] }];
  plan["action_invocations"] = [{ config: secret("action") }];
  plan["deferred_changes"] = [{ reason: secret("deferred") }];
}

function plantConfiguration(configuration: Json, made: readonly Made[], provider: string): void {
  const root = record(configuration["root_module"]);
  configuration["provider_config"] = {
    ...record(configuration["provider_config"]),
    "aws.planted": { alias: "planted", expressions: { secret_key: { constant_value: secret("provider") } } },
  };
  root["variables"] = { password: { default: secret("default"), description: secret("described") } };
  root["module_calls"] = { m: { expressions: { token: { constant_value: secret("module") } }, module: {} } };
  root["resources"] = [
    ...list(root["resources"]),
    ...made.map(({ type, name, values }) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_config_key: provider,
      provisioners: [{ type: "local-exec", expressions: { command: { constant_value: secret("command") } } }],
      expressions: Object.fromEntries(
        Object.keys(values).map((key) => [key, { constant_value: secret(`expression-${key}`) }]),
      ),
    })),
  ];
}
