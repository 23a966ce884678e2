import type { StackJson } from "../support/synth";
import { extraProviders, providerEdits } from "./mutate-providers";
import type { Draft, Edit, Json, Stacks } from "./setup-edit";

/** Stacks with one thing changed in how Terraform works, or in what keeps an account as it is. */
export interface SetupMutant {
  readonly what: string;
  readonly stacks: Stacks;
  /** Text of each stack's lock file; undefined: absent. */
  readonly lock?: (stack: string) => string | undefined;
  readonly workspace?: string;
  /** True where a plan's JSON says the same as without the change, since it does not show this. */
  readonly hidden?: boolean;
}

/** Every change of the lists below, in each of the stacks, one at a time. */
export function* setupMutants(stacks: Stacks, lock: string): Generator<SetupMutant> {
  for (const [name, stack] of Object.entries(stacks)) {
    const edits: readonly Edit[] = [
      ...[...stack.provider.aws.keys()].flatMap((at) => [...providerEdits(stack, at)]),
      ...extraProviders(stacks, name),
      ...terraformEdits(stack),
      ...partEdits(),
      ...resourceEdits(stack, stacks, name),
      ...guardEdits(stack),
    ];
    for (const [what, change, hidden] of edits) {
      const copy = structuredClone(stack) as unknown as Draft;
      change(copy);
      const changed = { ...stacks, [name]: copy as unknown as StackJson };
      yield { what: `${name}: ${what}`, stacks: changed, ...(hidden ? { hidden: true } : {}) };
    }
    yield* folderMutants(stacks, name, lock);
  }
  const [first = "", ...others] = Object.keys(stacks);
  const without = Object.fromEntries(others.map((name) => [name, stacks[name] as StackJson]));
  yield { what: `${first}: missing`, stacks: without };
  yield {
    what: `${first}: under another name`,
    stacks: { ...without, other: stacks[first] as StackJson },
    hidden: true,
  };
  yield { what: `${first}: there twice`, stacks: { ...stacks, other: stacks[first] as StackJson } };
}

function terraformOf(draft: Draft): Record<string, Json> {
  return draft.terraform as Record<string, Json>;
}

function putTerraform(what: string, key: string, value: unknown, hidden?: "hidden"): Edit {
  const change = (draft: Draft) =>
    void (value === undefined ? delete terraformOf(draft)[key] : Object.assign(terraformOf(draft), { [key]: value }));
  return hidden ? [`terraform ${what}`, change, hidden] : [`terraform ${what}`, change];
}

function* terraformEdits(stack: StackJson): Generator<Edit> {
  yield putTerraform("required_version lower", "required_version", ">= 1.5.0", "hidden");
  yield putTerraform("required_version removed", "required_version", undefined, "hidden");
  yield* requiredProviderEdits(stack);
  yield putTerraform("a cloud", "cloud", { organization: "x", workspaces: { name: "y" } }, "hidden");
  yield putTerraform("experiments", "experiments", ["x"], "hidden");
  yield putTerraform("provider_meta", "provider_meta", { aws: { module_name: "x" } }, "hidden");
  yield putTerraform("encryption", "encryption", { state: { method: "x" } }, "hidden");
  yield putTerraform("a setting of the future", "something", 1, "hidden");
  yield ["terraform null", (draft) => void Object.assign(draft, { terraform: null }), "hidden"];
  yield [
    "terraform twice",
    (draft) => void Object.assign(draft, { terraform: [draft.terraform, draft.terraform] }),
    "hidden",
  ];
  yield [
    "terraform equal: as a list",
    (draft) => void Object.assign(draft, { terraform: [draft.terraform] }),
    "hidden",
  ];
  yield* backendEdits(stack);
}

function* requiredProviderEdits(stack: StackJson): Generator<Edit> {
  const { aws } = stack.terraform["required_providers"] as { aws: Json };
  const put = (what: string, patch: Json, hidden?: "hidden") =>
    putTerraform(what, "required_providers", { aws: { ...aws, ...patch } }, hidden);
  yield put("provider of another source", { source: "registry.terraform.io/evil/aws" });
  yield put("provider of another registry", { source: "registry.example.org/hashicorp/aws" });
  yield put("provider of a short source", { source: "hashicorp/aws" });
  yield put("provider of another version", { version: ">= 5.0" });
  yield put("provider of any version", { version: undefined });
  yield put("provider with aliases", { configuration_aliases: ["aws.x"] }, "hidden");
  const random = { source: "hashicorp/random" };
  yield putTerraform("another provider", "required_providers", { aws, random }, "hidden");
}

function* backendEdits(stack: StackJson): Generator<Edit> {
  const [kind = "local"] = Object.keys(stack.terraform["backend"] as Json);
  const backend = (patch: Json) => ({
    [kind]: { ...(stack.terraform["backend"] as Record<string, Json>)[kind], ...patch },
  });
  yield putTerraform("no state", "backend", undefined, "hidden");
  yield putTerraform("the state elsewhere", "backend", backend({ path: "/tmp/x.tfstate" }), "hidden");
  yield putTerraform(
    "the state of another stack",
    "backend",
    backend({ path: "../../../state/other.tfstate" }),
    "hidden",
  );
  yield putTerraform("the state with workspaces", "backend", backend({ workspace_dir: "x" }), "hidden");
  yield putTerraform("the state of another kind", "backend", { http: { address: "https://x.example" } }, "hidden");
  yield putTerraform(
    "two kinds of state",
    "backend",
    { ...backend({}), http: { address: "https://x.example" } },
    "hidden",
  );
  yield putTerraform("the state by an expression", "backend", backend({ path: "${var.path}" }), "hidden");
  yield putTerraform("equal: a backend as a list", "backend", [{ [kind]: [backend({})[kind]] }], "hidden");
}

function* partEdits(): Generator<Edit> {
  const parts: Readonly<Record<string, unknown>> = {
    ...{ variable: { x: { default: "y" } }, locals: { x: "y" }, output: { x: { value: "y" } } },
    ...{ import: { to: "aws_iam_user.x", id: "x" }, moved: { from: "aws_iam_user.x", to: "aws_iam_user.y" } },
    ...{ removed: { from: "aws_iam_user.x" }, module: { x: { source: "./x" } }, check: { x: {} } },
    ...{ data: { external: { x: { program: ["true"] } } }, ephemeral: { x: {} }, action: { x: {} }, run: { x: {} } },
  };
  for (const [part, value] of Object.entries(parts))
    yield [`part ${part}`, (draft) => void Object.assign(draft, { [part]: value }), "hidden"];
}

/** Provider, body and expressions of one resource of each type. */
function* resourceEdits(stack: StackJson, stacks: Stacks, own: string): Generator<Edit> {
  const [other = ""] = Object.keys(stacks).filter((key) => key !== own);
  for (const [type, byName] of Object.entries(stack.resource)) {
    const [name = ""] = Object.keys(byName);
    const put = (what: string, values: Json): Edit => [
      `${type} ${what}`,
      (draft) => void Object.assign(draft.resource[type]?.[name] ?? {}, values),
    ];
    const body = (what: string, value: Json | null | readonly Json[]): Edit => [
      `${type} ${what}`,
      (draft) => void Object.assign(draft.resource[type] ?? {}, { [name]: value }),
    ];
    yield put("through the guard", { provider: "aws" });
    yield put("without a provider", { provider: undefined });
    yield put("through an unknown provider", { provider: "aws.acct_x" });
    yield put("through another account's provider", { provider: `aws.acct_${other}` });
    yield put("with an expression", { description: '${file("/etc/hostname")}' });
    yield put("with a provider's function", { description: '${provider::aws::arn_parse("x")}' });
    yield body("null", null);
    yield body("an empty list", []);
    yield [`${type} removed`, (draft) => void delete draft.resource[type]];
  }
}

/** Lists, sessions, passwords and alias. */
/** What lets Terraform delete whoever has keys, devices or policies by then. */
const FORCES: ReadonlyMap<string, string> = new Map([
  ["aws_iam_user", "force_destroy"],
  ["aws_iam_role", "force_detach_policies"],
]);
/** Types that have, or might have, a name that Terraform makes up. */
const NAMED = /^aws_iam_(user|group|role|policy|(user|group|role)_policy)$/;

function* guardEdits(stack: StackJson): Generator<Edit> {
  for (const [type, byName] of Object.entries(stack.resource)) {
    const argument = LISTS.find(([ending]) => type.endsWith(ending))?.[1];
    for (const [name, values] of Object.entries(byName)) {
      const label = `${type} ${String(values["role_name"] ?? values["group_name"] ?? values["group"] ?? values["name"] ?? "")}`;
      const put = (what: string, key: string, value: unknown): Edit => [
        `${label} ${key} ${what}`,
        (draft) => void Object.assign(draft.resource[type]?.[name] ?? {}, { [key]: value }),
      ];
      if (argument !== undefined) {
        const names = values[argument] as readonly string[];
        yield [`${label} removed`, (draft) => void delete draft.resource[type]?.[name]];
        yield [`${label} twice`, (draft) => void Object.assign(draft.resource[type] ?? {}, { again: { ...values } })];
        yield put("with one more", argument, [...names, "by-hand"]);
        if (names.length > 0) yield put("with one less", argument, names.slice(1));
        if (names.length > 0) yield put("null", argument, null);
        yield put("as an expression", argument, ["${var.x}"]);
      }
      const forces = FORCES.get(type);
      if (forces !== undefined)
        for (const value of [false, null, undefined, "${var.x}"]) yield put(String(value), forces, value);
      if (NAMED.test(type)) yield put("beside the name", "name_prefix", "x");
      if (type === "aws_iam_role")
        for (const seconds of [3600 * 12, 3601, 900, 0, null, "7200", "${var.x}"])
          yield put(`${String(seconds)}`, "max_session_duration", seconds);
      if (type === "aws_iam_account_password_policy") {
        for (const [key, value] of PASSWORDS) yield put(String(value), key, value);
        yield [`${label} twice`, (draft) => void Object.assign(draft.resource[type] ?? {}, { again: { ...values } })];
      }
      if (type === "aws_iam_account_alias") {
        yield put("another", "account_alias", "other");
        yield [
          `${label} twice`,
          (draft) => void Object.assign(draft.resource[type] ?? {}, { again: { ...values, account_alias: "x" } }),
        ];
      }
    }
  }
}

const LISTS: readonly (readonly [string, string])[] = [
  ["_policies_exclusive", "policy_names"],
  ["_policy_attachments_exclusive", "policy_arns"],
  ["_group_membership", "users"],
];

const PASSWORDS: readonly (readonly [string, unknown])[] = [
  ...[8, 13, 15, null, "14x", "${var.x}"].map((value) => ["minimum_password_length", value] as const),
  ...[0, 23, null].map((value) => ["password_reuse_prevention", value] as const),
  ...["lowercase_characters", "uppercase_characters", "numbers", "symbols"].flatMap((key) =>
    [false, null].map((value) => [`require_${key}`, value] as const),
  ),
  ["allow_users_to_change_password", false],
  ["allow_users_to_change_password", null],
  ["hard_expiry", true],
  ["hard_expiry", false],
  ["max_password_age", 90],
  ["max_password_age", 0],
];

/** What lies beside a stack's JSON; of all that a plan shows nothing. */
function* folderMutants(stacks: Stacks, name: string, lock: string): Generator<SetupMutant> {
  const hash = /"h1:([^"]+)"/.exec(lock)?.[1] ?? "";
  const other = lock.replace(/provider "[^"]+"/, 'provider "registry.terraform.io/hashicorp/random"');
  const texts: readonly (readonly [string, string | undefined])[] = [
    ["absent", undefined],
    ["empty", ""],
    ["of another version", lock.replace('"5.100.0"', '"5.99.0"')],
    ["of another range", lock.replace('"~> 5.100"', '">= 5.0"')],
    ["without a range", lock.replace(/ *constraints.*\n/, "")],
    [
      "with a package more",
      lock.replace("hashes = [", 'hashes = [\n    "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",'),
    ],
    ["with another package", lock.replaceAll(hash, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")],
    ["without hashes", lock.replace(/ *hashes = \[[^\]]*\]\n/, "")],
    ["with no hash in its list", lock.replace(/hashes = \[[^\]]*\]/, "hashes = [\n  ]")],
    ["with a provider more", `${lock}\n${other}`],
    ["of another provider", other],
    ["of another registry", lock.replace("registry.terraform.io", "registry.example.org")],
    ["with a provider twice", `${lock}\n${lock}`],
    ["with a setting more", lock.replace("  version ", '  x = "y"\n  version ')],
    ["as no lock file", "{}"],
    ["cut off", lock.slice(0, lock.length / 2)],
    ["equal: other comments and line ends", lock.replace(/^#.*\n/gm, "").replaceAll("\n", "\r\n")],
    ["equal: a platform less", lock.replace(/ *"h1:[^"]+",\n/, "")],
  ];
  for (const [what, text] of texts)
    yield {
      ...{ what: `${name}: lock file ${what}`, stacks, hidden: true },
      lock: (stack) => (stack === name ? text : lock),
    };
  yield { what: `${name}: another workspace`, stacks, workspace: "other", hidden: true };
  yield { what: `${name}: equal: the workspace default`, stacks, workspace: "default", hidden: true };
}
