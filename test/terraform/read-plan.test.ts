import { MAX_PLAN_BYTES, parsePlan } from "../../modules/terraform/read/plan-text";
import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import { readPlan, type TerraformPlan } from "../../modules/terraform/read/read-plan";
import { documentsOf } from "../../modules/terraform/read/iam-resources";
import { CAPTURED, capturedPlan } from "../support/captured-plan";

function read(name: string): TerraformPlan {
  const plan = parsePlan(capturedPlan(name));
  if (!plan.known) throw new Error(plan.reason);
  return readPlan(plan.value);
}

/** Names of what changes, with Terraform's actions; what stays as it is left out. */
function actions({ changes }: TerraformPlan): Record<string, string> {
  const done = changes.filter((change) => !change.actions.includes("no-op"));
  return Object.fromEntries(
    done.map(({ type, before, after, actions }) => {
      const name = [after["name"], before["name"], after["group"], after["role_name"], after["group_name"]].find(
        Boolean,
      );
      return [`${type} ${String(name ?? "")}`.trim(), actions.join(",")];
    }),
  );
}

function rolesOf(plan: TerraformPlan, part: "prior" | "after"): readonly string[] {
  return documentsOf(plan[part], plan.accountIds, plan.partitions).flatMap(({ roles }) =>
    roles.map(({ name }) => name).sort(),
  );
}

test("every captured plan is read: one account, nothing without an account", () => {
  for (const name of CAPTURED) {
    const plan = read(name);
    expect(plan.accountIds).toEqual([name.endsWith("-user") ? "111111111111" : "222222222222"]);
    const strangers = [...plan.prior, ...plan.after].filter(({ accountId }) => accountId !== plan.accountIds[0]);
    expect(strangers.map(({ type }) => type).filter((type) => type !== "terraform_data")).toEqual([]);
  }
});

test.each([
  ["unchanged-user", {}],
  ["unchanged-testing", {}],
  ["replace-testing", { "aws_iam_role operator": "delete,create" }],
  ["forget-testing", { "aws_iam_role spectator": "forget" }],
  [
    "drift-testing",
    {
      "aws_iam_role operator": "update",
      "aws_iam_role spectator": "update",
      "aws_iam_role_policy_attachments_exclusive spectator": "update",
    },
  ],
])("%s: actions", (name, expected) => {
  expect(actions(read(name))).toEqual(expected);
});

const TIERS = ["administrator", "operator", "spectator"];

test.each([
  ["create-testing", [], TIERS],
  ["unchanged-testing", TIERS, TIERS],
  ["destroy-testing", TIERS, []],
  ["replace-testing", TIERS, TIERS],
  // What Terraform forgets stays in AWS; what it does not look at stays as it is.
  ["forget-testing", TIERS, TIERS],
  ["targeted-testing", TIERS, TIERS],
  ["refresh-only-testing", TIERS, TIERS],
])("%s: roles before and after", (name, before, after) => {
  const plan = read(name);
  expect([rolesOf(plan, "prior"), rolesOf(plan, "after")]).toEqual([before, after]);
});

test("before means what AWS has now: what was changed by hand is in it, and gone after the apply", () => {
  const plan = read("drift-testing");
  const spectator = (part: "prior" | "after") =>
    documentsOf(plan[part], plan.accountIds, plan.partitions)[0]?.roles.find(({ name }) => name === "spectator");
  expect(spectator("prior")?.attached).toEqual(["arn:aws:iam::aws:policy/AdministratorAccess"]);
  expect(spectator("after")?.attached).toEqual([]);
  expect(JSON.stringify(spectator("prior")?.trust)).toContain('"AWS":"*"');
  expect(JSON.stringify(spectator("after")?.trust)).not.toContain('"AWS":"*"');
});

test("imported and moved resources are told as such", () => {
  const imported = read("import-user").changes.filter(({ imported }) => imported);
  expect(imported.map(({ before }) => before["name"])).toEqual(["new.one@example.org"]);
  const moved = read("moved-user").changes.filter(({ previousAddress }) => previousAddress !== undefined);
  expect(moved.map(({ actions, after }) => [...actions, after["name"]])).toEqual([["no-op", "senior.two@example.org"]]);
});

test.each([
  ["errored-testing", /ended in an error/],
  ["targeted-testing", /incomplete/],
])("%s is no whole truth", (name, doubt) => {
  expect(read(name).doubts).toEqual([expect.stringMatching(doubt)]);
});

test("a trust policy known only after the apply makes the account unknown", () => {
  const [account] = plannedDocuments([read("computed-testing")]).filter(({ id }) => id === "222222222222");
  expect(account?.unknowns).toEqual([expect.stringContaining("assume_role_policy is known only after the apply")]);
  expect(plannedDocuments([read("update-testing")]).flatMap(({ unknowns }) => unknowns)).toEqual([]);
});

describe("whose account a resource is in", () => {
  const provider = (expressions: object) => ({
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ address: "aws_iam_user.x", type: "aws_iam_user", values: {} }] } },
    configuration: {
      provider_config: {
        "aws.a": { expressions: { allowed_account_ids: { constant_value: ["222222222222"] }, ...expressions } },
      },
      root_module: { resources: [{ address: "aws_iam_user.x", provider_config_key: "aws.a" }] },
    },
  });
  const role = (id: string) => ({ assume_role: [{ role_arn: { constant_value: `arn:aws:iam::${id}:role/d` } }] });

  test.each<[string, object, string | undefined, number]>([
    ["its provider's", role("222222222222"), "222222222222", 0],
    ["nobody's, when the provider's role is in another", role("333333333333"), undefined, 0],
    ["nobody's, when it is not written out", { allowed_account_ids: { references: ["var.id"] } }, undefined, 0],
    ["nobody's, when there are two", { allowed_account_ids: { constant_value: ["222222222222", "1"] } }, undefined, 0],
    ["its provider's, with a doubt about the check", { skip_requesting_account_id: {} }, "222222222222", 1],
    ["its provider's, with a doubt about the endpoint", { endpoints: [{}] }, "222222222222", 1],
  ])("%s", (_what, expressions, id, doubts) => {
    const plan = readPlan(provider(expressions));
    expect([plan.after[0]?.accountId, plan.doubts.length]).toEqual([id, doubts]);
  });

  test("nobody's, when its own ARN says another", () => {
    const values = { arn: "arn:aws:iam::333333333333:user/x" };
    const resource = { address: "aws_iam_user.x", type: "aws_iam_user", values };
    const plan = readPlan({ ...provider({}), planned_values: { root_module: { resources: [resource] } } });
    expect(plan.after[0]?.accountId).toBe(undefined);
  });
});

test("values marked as secrets are not read, one by one or all at once", () => {
  const values = { name: "x", path: "/", tags: { a: "s3cr3t" } };
  for (const marks of [{ tags: { a: true } }, true]) {
    const resource = { address: "aws_iam_user.x", type: "aws_iam_user", values, sensitive_values: marks };
    const plan = readPlan({
      format_version: "1.2",
      prior_state: { values: { root_module: { resources: [resource] } } },
    });
    expect(JSON.stringify(plan.prior)).not.toContain("s3cr3t");
    expect("name" in (plan.prior[0]?.values ?? {})).toBe(marks !== true);
  }
});

describe("what is no plan", () => {
  const SECRET = "hunter2";
  const text = (value: string) => parsePlan(Buffer.from(value));
  const plan = '{"format_version":"1.2","planned_values":{},"x":';
  const nested = `${plan}${"[".repeat(70)}"${SECRET}"${"]".repeat(70)}}`;

  test.each<[string, ReturnType<typeof text>, string]>([
    ["nothing", text(""), "it is empty"],
    ["the saved plan", text(`PK\u0003\u0004${SECRET}`), "saved plan itself"],
    ["no text", parsePlan(Buffer.from([0x7b, 0xff, 0xfe, 0xfd])), "neither UTF-8 nor UTF-16"],
    ["what terraform plan prints", text(`Terraform will perform ${SECRET}`), "not JSON"],
    [
      "the log of plan -json",
      text(`{"@level":"info","x":"${SECRET}"}\n{"@level":"info"}`),
      "log of terraform plan -json",
    ],
    ["half a plan", text(`${plan}"${SECRET}`), "truncated after 56 characters"],
    ["a number for a plan", text(`[${SECRET}]`), "not JSON"],
    ["another file", text(`{"password":"${SECRET}"}`), "it is not a plan"],
    ["another major version", text(`{"format_version":"2.0","planned_values":{}}`), 'unknown plan format "2.0"'],
    ["a version that is no version", text(`{"format_version":"1.x${SECRET}"}`), "only 1.x is"],
    ["a state", text(`{"format_version":"1.0","values":{"outputs":"${SECRET}"}}`), "a state, not a plan"],
    ["no planned values", text(`{"format_version":"1.2"}`), "has no planned values"],
    ["a key written twice", text(`${plan}{"${SECRET}":1,"${SECRET}":2}}`), "a key twice"],
    ["nesting without end", text(nested), "nested 71 levels deep"],
    [
      "changes that are none",
      text(`${plan}1,"resource_changes":[{"type":5}]}`),
      "its resource_changes[0] does not have the form",
    ],
    [
      "actions that are none",
      text(`${plan}1,"resource_drift":[{"address":"a","type":"b","change":{"actions":"x"}}]}`),
      "its resource_drift[0]",
    ],
    [
      "resources that are none",
      text(`${plan}1,"prior_state":{"values":{"root_module":{"resources":[1]}}}}`),
      "its prior_state.resources[0]",
    ],
    [
      "children that are none",
      text(`${plan}1,"prior_state":{"values":{"root_module":{"child_modules":[null]}}}}`),
      "its prior_state does not",
    ],
    [
      "planned values that are none",
      text('{"format_version":"1.2","planned_values":[]}'),
      "its planned_values does not have",
    ],
    ["more than memory should hold", parsePlan(new Uint8Array(MAX_PLAN_BYTES + 1)), "larger than 100 MB"],
  ])("%s is told with its cure, and nothing of it is quoted", (_what, parsed, reason) => {
    if (parsed.known) throw new Error("this is no plan");
    expect(parsed.reason).toContain(reason);
    if (!reason.includes("1.x")) expect(parsed.reason).not.toContain(SECRET);
  });

  test("UTF-16, as PowerShell writes it, and a key named __proto__ are read", () => {
    const json =
      '{"format_version":"1.2","planned_values":{"__proto__":{"errored":true}},"__proto__":{"errored":true}}';
    const parsed = parsePlan(Buffer.from(`\ufeff${json}`, "utf16le"));
    expect(parsed).toMatchObject({ known: true });
    expect(parsed.known && readPlan(parsed.value)).toMatchObject({ errored: false, after: [], doubts: [] });
  });
});
