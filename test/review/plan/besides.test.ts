import { parsePlan } from "../../../modules/terraform/read/plan-text";
import { readPlan, type TerraformPlan } from "../../../modules/terraform/read/read-plan";
import { CAPTURED, capturedPlan } from "../../support/captured-plan";
import cases from "./cases/lifecycle.json";
import { besides, CONTRADICTS, type Entry, plan, PROVIDERS } from "./hand-plans";

/* What plans of real Terraform do beside changing documents; the engine that compares documents is left out here. */

const LIFECYCLE = cases as readonly {
  readonly name: string;
  readonly changes: readonly Entry[];
  readonly says: readonly string[];
}[];

function captured(name: string): TerraformPlan {
  const plan = parsePlan(capturedPlan(name));
  if (!plan.known) throw new Error(plan.reason);
  return readPlan(plan.value);
}

const first = (account: string, count: string) =>
  `widening ${account}: ${account} was never applied with this Terraform state; the plan creates everything (${count})`;

const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  "create-testing": [first("testing", "13 resources")],
  "create-user": [first("user", "14 resources")],
  "forget-testing": ['widening testing: role "spectator" stays in AWS and leaves Rolecall\'s control'],
  "replace-testing": [
    'unknown testing: the plan: role "operator" is created again without its policies and members; plan and apply again to bring them back',
    'narrowing testing: role "operator" is deleted and created again: open sessions end, and policies elsewhere that name it no longer mean it',
  ],
  "replace-user": [
    'unknown user: the plan: user "senior.two@example.org" is created again without its policies and members; plan and apply again to bring them back',
    'narrowing user: user "senior.two@example.org" is deleted and created again: its password, access keys and MFA devices are gone',
  ],
  "import-user": [
    'unknown user: user "new.one@example.org" already exists in AWS and is imported, with whatever password, access keys and policies it has',
  ],
  "moved-user": ['neutral user: 1 resource has another address in Terraform\'s state: "senior.two@example.org"'],
  "errored-testing": [
    'unknown testing: the plan in "plan.json" cannot be trusted: it ended in an error, so it shows only part of what would happen; plan again',
  ],
  "targeted-testing": [
    'unknown testing: the plan in "plan.json" cannot be trusted: it is incomplete (-target, or deferred changes); plan everything',
  ],
  "computed-testing": [
    "unknown testing: 1 change outside IAM is not judged: terraform_data",
    "unknown testing: aws_iam_role.testing_roles_role-spectator_role_*: assume_role_policy is known only after the apply",
  ],
};

test.each(CAPTURED)("%s", (name) => {
  const found = besides(captured(name)).map((line) => line.replace(/_[0-9A-F]{8}:/, "_*:"));
  expect(found).toEqual(SENTENCES[name] ?? []);
});

test("what a plan says twice must be the same twice", () => {
  const json = JSON.parse(capturedPlan("create-user").toString("utf8"));
  const lines = (change: (plan: typeof json) => void) => {
    const copy = structuredClone(json);
    change(copy);
    return besides(readPlan(copy)).filter((line) => CONTRADICTS.test(line));
  };
  expect(lines(() => undefined)).toEqual([]);
  expect(lines((plan) => void plan.planned_values.root_module.resources.pop())).toHaveLength(1);
  expect(lines((plan) => void Object.assign(plan.resource_changes[0].change.after, { path: "/other/" }))).toHaveLength(
    1,
  );
  expect(lines((plan) => void Object.assign(plan.resource_changes[0].change.after, { policy: "{}" }))).toHaveLength(1);
});

/** Parts of a plan that no stack of Rolecall's has. */
test.each<[string, object, RegExp]>([
  ["an output", { output_changes: { x: { actions: ["create"] } } }, /it has outputs, which Rolecall never writes: "x"/],
  ["a variable", { variables: { x: { value: "hunter2" } } }, /it has variables, which Rolecall never writes: "x"/],
  ["a check", { checks: [{ address: { to_display: "check.x" }, status: "pass" }] }, /it has checks, .*: "check\.x"/],
  ["a part of the future", { import_plan: [1] }, /it has the unknown part "import_plan"/],
  [
    "a data source",
    {
      resource_changes: [
        {
          ...{ address: "data.aws_lambda_invocation.x", mode: "data" },
          type: "aws_lambda_invocation",
          change: { actions: ["read"] },
        },
      ],
    },
    /it reads 1 data source or ephemeral resource, .*: "data\.aws_lambda_invocation\.x"/,
  ],
  [
    "actions",
    { configuration: { provider_config: {}, root_module: { actions: [{ address: "action.aws_lambda_invoke.x" }] } } },
    /its configuration has actions, which can do anything: "action\.aws_lambda_invoke\.x"/,
  ],
])("%s is named, and nothing of its values", (_what, patch, line) => {
  const base = { format_version: "1.2", planned_values: {}, configuration: { provider_config: {}, root_module: {} } };
  const found = besides(readPlan({ ...base, ...patch }));
  expect(found).toContainEqual(expect.stringMatching(line));
  expect(found.every((each) => each.startsWith("unknown ") && !each.includes("hunter2"))).toBe(true);
});

test("a user made under a name that exists in another case is not what anybody can count on", () => {
  const plan = captured("replace-user");
  const changes = plan.changes.map((change) =>
    change.type === "aws_iam_user" && change.actions.includes("delete")
      ? { ...change, after: { ...change.after, name: "Senior.Two@example.org" } }
      : change,
  );
  expect(besides({ ...plan, changes })).toContainEqual(
    expect.stringMatching(
      /^unknown user: user "Senior\.Two@example\.org" differs from the existing "senior\.two@example\.org"/,
    ),
  );
});

const KEY = { user: "ann", secret: "hunter2", status: "Active" };

test.each<[string, TerraformPlan, readonly string[]]>([
  [
    "a replacement that leaves the old object",
    plan([{ type: "aws_iam_role", actions: ["create", "forget"], before: { name: "r" }, after: { name: "r" } }]),
    ['widening testing: role "r" stays in AWS and leaves Rolecall\'s control'],
  ],
  [
    "an access key",
    plan([{ type: "aws_iam_access_key", actions: ["create"], after: KEY }]),
    [
      'unknown testing: an aws_iam_access_key of user "ann" is created, and what it gives is not judged',
      first("testing", "1 resource"),
    ],
  ],
  [
    "policies forgotten by name",
    plan([
      { type: "aws_iam_group_policy", actions: ["forget"], before: { group: "g", name: "p" } },
      { type: "aws_iam_group_membership", actions: ["forget"], before: { group: "g", users: ["ann"] } },
      { type: "aws_iam_role_policy_attachment", actions: ["forget"], before: { role: "r", policy_arn: "arn:p" } },
    ]),
    [
      'widening testing: the membership of group "g" stays in AWS and leaves Rolecall\'s control',
      'widening testing: policy "arn:p" of role "r" stays in AWS and leaves Rolecall\'s control',
      'widening testing: policy "p" of group "g" stays in AWS and leaves Rolecall\'s control',
    ],
  ],
  [
    "a list of what may be attached is given up",
    plan([
      { type: "aws_iam_role_policy_attachments_exclusive", actions: ["delete"], before: { role_name: "r" } },
      { type: "aws_iam_group_policies_exclusive", actions: ["delete"], before: { group_name: "g" } },
      { type: "aws_iam_group", actions: ["delete"], before: { name: "g" } },
    ]),
    ['widening testing: policies that others attached to role "r" stay there from now on'],
  ],
  [
    "many things outside IAM, some with names no type has",
    plan(
      ["aws_s3_bucket", "aws_s3_bucket", "terraform_data", "\u001b[31mx"].map((type) => ({
        type,
        actions: ["update"],
      })),
    ),
    [
      "unknown testing: 4 changes outside IAM are not judged: a type without a proper name, aws_s3_bucket, terraform_data",
    ],
  ],
  [
    "weaker passwords",
    plan([
      {
        type: "aws_iam_account_password_policy",
        actions: ["update"],
        before: {
          minimum_password_length: 14,
          require_symbols: true,
          password_reuse_prevention: 24,
          hard_expiry: false,
        },
        after: { minimum_password_length: 8, require_symbols: false, password_reuse_prevention: 24, hard_expiry: true },
      },
      { type: "aws_iam_account_password_policy", actions: ["delete"], before: {} },
    ]),
    [
      "unknown testing: the password policy has hard_expiry true instead of false",
      "widening testing: passwords only have to meet AWS's default rules",
      "widening testing: the password policy has minimum_password_length 8 instead of 14",
      "widening testing: the password policy has require_symbols false instead of true",
    ],
  ],
  [
    "a second password policy, and a first one that is weaker than none",
    plan([
      { type: "aws_iam_account_password_policy", actions: ["no-op"], before: {}, after: {} },
      { type: "aws_iam_account_password_policy", actions: ["create"], after: { minimum_password_length: 6 } },
    ]),
    ["unknown testing: several resources set the password policy; the last one counts"],
  ],
  [
    "a first password policy that is weaker than none",
    plan([{ type: "aws_iam_account_password_policy", actions: ["create"], after: { minimum_password_length: 6 } }]),
    [
      first("testing", "1 resource"),
      "widening testing: the password policy has minimum_password_length 6 instead of 8",
    ],
  ],
  [
    "tags that only the provider gives",
    plan([
      {
        ...{ type: "aws_iam_user", actions: ["update"] },
        before: { name: "ann", tags: {}, tags_all: {} },
        after: { name: "ann", tags: {}, tags_all: { department: "security" } },
      },
    ]),
    ['unknown testing: other tags on user "ann": "department"; policies elsewhere may ask for them'],
  ],
  [
    "other tags, by key",
    plan([
      {
        type: "aws_iam_user",
        actions: ["update"],
        before: { name: "ann", tags: { admin: "hunter2", desk: "1" } },
        after: { name: "ann", tags: { desk: "1" } },
      },
      { type: "aws_iam_role", actions: ["update"], before: { name: "r", tags: null }, after: { name: "r", tags: {} } },
    ]),
    ['unknown testing: other tags on user "ann": "admin"; policies elsewhere may ask for them'],
  ],
  [
    "a name that would paint the terminal",
    plan([{ type: "aws_iam_role", actions: ["forget"], before: { name: "\u001b[2J\u202e" } }]),
    ['widening testing: role "\\u{1b}[2J\\u{202e}" stays in AWS and leaves Rolecall\'s control'],
  ],
  [
    "an action of the future",
    plan([{ type: "aws_iam_user", actions: ["teleport"] }]),
    [
      'unknown testing: the plan in "plan.json" cannot be trusted: it has an action that this version of Rolecall does not know; update Rolecall',
    ],
  ],
  [
    "deferred changes, actions, a plan that cannot be applied, a program",
    plan([{ type: "aws_iam_user", actions: ["update"], before: { name: "a" }, after: { name: "a" } }], {
      ...{ deferred_changes: [{}], action_invocations: [{}], applyable: false },
      configuration: {
        provider_config: PROVIDERS,
        root_module: {
          module_calls: { x: { module: { resources: [{ address: "null_resource.x", provisioners: [{}] }] } } },
        },
      },
    }),
    [
      "it defers changes to a later plan",
      "it runs actions, which can do anything",
      "its configuration runs programs (provisioners)",
      "Terraform says it cannot be applied",
    ]
      .map((doubt) => `unknown testing: the plan in "plan.json" cannot be trusted: ${doubt}`)
      .concat('unknown testing: the plan: its configuration has modules, which Rolecall never writes: "x"'),
  ],
])("%s", (_what, given, expected) => {
  expect(
    besides(given)
      .filter((line) => !CONTRADICTS.test(line))
      .sort(),
  ).toEqual([...expected].sort());
});

test.each(LIFECYCLE)("$name", ({ changes, says }) => {
  const found = besides(plan(changes)).filter(
    (line) => !CONTRADICTS.test(line) && !/was never applied with this|"importing"/.test(line),
  );
  expect(found.sort()).toEqual(says);
});

test("a deleted principal is told as one, never as a person", () => {
  const trust = (aws: unknown) => JSON.stringify({ Statement: { Effect: "Allow", Principal: { AWS: aws } } });
  const role = (aws: unknown) => ({
    ...{ address: "aws_iam_role.r0", mode: "managed", type: "aws_iam_role" },
    values: { name: "r", path: "/", assume_role_policy: trust(aws) },
  });
  const resources = (aws: unknown) => ({ root_module: { resources: [role(aws)] } });
  const given = plan([{ type: "aws_iam_role", actions: ["update"], before: { name: "r" }, after: { name: "r" } }], {
    prior_state: { values: resources(["AROAEXAMPLEEXAMPLE", "AIDAEXAMPLEEXAMPLE"]) },
    planned_values: resources("AIDAEXAMPLEEXAMPLE"),
  });
  expect(besides(given).filter((line) => !CONTRADICTS.test(line))).toEqual([
    'neutral testing: role "r" trusts a deleted principal (AIDAEXAMPLEEXAMPLE), which no longer exists',
    'neutral testing: role "r" trusts a deleted principal (AROAEXAMPLEEXAMPLE), which no longer exists; the apply removes it',
  ]);
});
