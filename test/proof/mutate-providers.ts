import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackJson } from "../support/synth";
import type { Draft, Edit, Json, Stacks } from "./setup-edit";

const SETTINGS = JSON.parse(readFileSync(join(__dirname, "cases/provider-settings.json"), "utf8")) as Json;
const FOREIGN_ROLE = "arn:aws:iam::999999999999:role/deploy";

function providerOf(draft: Draft, at: number): Json {
  return draft.provider["aws"]?.[at] ?? {};
}

function putOf(alias: string, at: number): (what: string, key: string, value: unknown) => Edit {
  return (what, key, value) => [
    `provider ${alias} ${what}`,
    (draft) =>
      void (value === undefined
        ? delete providerOf(draft, at)[key]
        : Object.assign(providerOf(draft, at), { [key]: value })),
  ];
}

export function* providerEdits(stack: StackJson, at: number): Generator<Edit> {
  const alias = String(stack.provider.aws[at]?.["alias"] ?? "guard");
  const put = putOf(alias, at);
  for (const [key, value] of Object.entries(SETTINGS)) yield put(`with ${key}`, key, value);
  yield put("with endpoints as a list", "endpoints", [{ iam: "http://127.0.0.1:1" }, { sts: "http://127.0.0.1:1" }]);
  yield* placeEdits(alias, put);
  yield put("under another alias", "alias", "acct_other");
  if (alias !== "guard") yield put("without its alias", "alias", undefined);
  yield [`provider ${alias} removed`, (draft) => void draft.provider["aws"]?.splice(at, 1)];
  // Terraform refuses two of one name before it plans.
  yield [
    `provider ${alias} twice`,
    (draft) => void draft.provider["aws"]?.push({ ...providerOf(draft, at) }),
    "hidden",
  ];
  yield* roleEdits(stack, at, alias);
  yield put("equal: a setting of null", "profile", null);
  yield put("equal: no endpoints", "endpoints", []);
  yield put("equal: a comment", "//", "a note");
}

function* placeEdits(alias: string, put: ReturnType<typeof putOf>): Generator<Edit> {
  for (const [what, value] of [
    ["elsewhere", "us-gov-west-1"],
    ["as an expression", "${var.region}"],
    ["without", undefined],
    ["null", null],
  ] as const)
    yield put(`region ${what}`, "region", value);
  for (const [what, value] of [
    ["without", undefined],
    ["null", null],
    ["empty", []],
    ["another", ["999999999999"]],
    ["one more", ["222222222222", "999999999999"]],
    ["as an expression", ["${var.account}"]],
    ["as text", "222222222222"],
    [alias === "guard" ? "of an account" : "of the guard", [alias === "guard" ? "222222222222" : "000000000000"]],
  ] as const)
    yield put(`allowed_account_ids ${what}`, "allowed_account_ids", value);
}

function* roleEdits(stack: StackJson, at: number, alias: string): Generator<Edit> {
  const [role = {}] = (stack.provider.aws[at]?.["assume_role"] ?? []) as Json[];
  const put = (what: string, value: unknown): Edit => [
    `provider ${alias} assume_role ${what}`,
    (draft) => void Object.assign(providerOf(draft, at), { assume_role: value }),
  ];
  const other = { role_arn: FOREIGN_ROLE, session_name: "rolecall" };
  yield put("of another account", [other]);
  yield put("without a role", [{}]);
  if (alias === "guard") return;
  const sameAccount = String(role["role_arn"]).replace(/role\/.*/, "role/other");
  yield put("of another role of the account", [{ ...role, role_arn: sameAccount }]);
  yield put("as one body of another role", { ...role, role_arn: sameAccount });
  yield put("null", null);
  yield put("empty", []);
  yield put("after another", [other, role]);
  yield put("before another", [role, { ...role, role_arn: sameAccount }]);
  yield put("twice", [role, role]);
  yield put("with an expression", [{ ...role, role_arn: "${var.role}" }]);
  yield put("with role_arn null", [{ ...role, role_arn: null }]);
  yield put("with role_arn empty", [{ ...role, role_arn: "" }]);
  for (const [key, value] of [
    ["session_name", "somebody"],
    ["session_name", undefined],
    ["external_id", "x"],
    ["policy", "{}"],
    ["policy_arns", ["arn:aws:iam::aws:policy/ReadOnlyAccess"]],
    ["duration", "12h"],
    ["duration_seconds", 43200],
    ["tags", { team: "admins" }],
    ["transitive_tag_keys", ["team"]],
    ["source_identity", "somebody"],
    ["a_setting_of_the_future", 1],
  ] as const)
    yield put(`with ${key} ${String(JSON.stringify(value))}`, [{ ...role, [key]: value }]);
  yield put("equal: as one body", role);
}

export function* extraProviders(stacks: Stacks, name: string): Generator<Edit> {
  const [other] = Object.entries(stacks).filter(([key]) => key !== name);
  const foreign = other?.[1].provider.aws[1] as Json;
  yield ["provider of another stack", (draft) => void draft.provider["aws"]?.push({ ...foreign })];
  yield [
    "provider of an unknown account",
    (draft) => void draft.provider["aws"]?.push({ ...foreign, alias: "acct_x" }),
  ];
  yield ["provider without a name", (draft) => void draft.provider["aws"]?.push({ alias: "${var.x}" })];
  yield ["provider of another kind", (draft) => void Object.assign(draft.provider, { random: [{}] }), "hidden"];
  yield ["provider that is a text", (draft) => void draft.provider["aws"]?.push("x" as unknown as Json), "hidden"];
}
