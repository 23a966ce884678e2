import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ReviewOptions, runReview } from "../support/run-review";
import { SMALL } from "../lifecycle/rosters";
import { CHANGED, WITHOUT_TWO } from "../review/plan/captured-rosters";
import { capturedPlan } from "../support/captured-plan";
import { heard } from "../support/in-process";
import { plantSecrets } from "../support/plant-secrets";
import { planOfStacks } from "../support/plan-of-stacks";
import { parseText } from "../support/roster-text";
import { NOW, type StackJson, synthesized } from "../support/synth";

const root = mkdtempSync(join(tmpdir(), "rolecall-review-plans-"));

beforeAll(() => {
  writeFileSync(join(root, "roster.yaml"), SMALL);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function reviewed(options: Omit<Partial<ReviewOptions>, "plan"> & { readonly plan: readonly string[] }) {
  const { context, stdout, stderr } = heard(root, { now: NOW });
  const code = await runReview(context, { json: false, ...options });
  return { code, stdout: stdout(), stderr: stderr() };
}

function write(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(root, name), bytes);
  return name;
}

function stacksOf(text: string): Readonly<Record<string, StackJson>> {
  const roster = parseText(text);
  if (!roster.ok) throw new Error(JSON.stringify(roster.findings));
  return synthesized(roster.value);
}

/** Files of the plans from one roster to another, as both compile now. */
function plansOf(before: string, after: string): readonly string[] {
  const old = stacksOf(before);
  return Object.entries(stacksOf(after)).map(([name, stack]) =>
    write(`${name}.json`, JSON.stringify(planOfStacks(old[name], stack))),
  );
}

test("plans that change nothing and end where the roster says: one line, exit 0", async () => {
  const { code, stdout, stderr } = await reviewed({ plan: plansOf(SMALL, SMALL) });
  expect([code, stderr]).toEqual([0, ""]);
  const said = ["the plans of production, testing, user do what the roster says", "access does not change"];
  expect(stdout.split("\n").filter((line) => line !== "")).toEqual(said);
});

/** A change of one resource everywhere in a plan, as if it was applied already. */
function applied(file: string, type: string, change: (values: Record<string, unknown>) => void): void {
  const plan = JSON.parse(readFileSync(join(root, file), "utf8"));
  const parts = [plan.planned_values, plan.prior_state.values].flatMap(({ root_module }) => root_module.resources);
  for (const each of parts) if (each.type === type) change(each.values);
  for (const each of plan.resource_changes)
    if (each.type === type) for (const side of ["before", "after"]) change(each.change[side]);
  write(file, JSON.stringify(plan));
}

test.each<[string, string, Record<string, unknown>, string]>([
  [
    "weaker passwords",
    "aws_iam_account_password_policy",
    { minimum_password_length: 6 },
    "the least length is 6, not 14",
  ],
  ["another alias", "aws_iam_account_alias", { account_alias: "x" }, 'user has the alias "x", not the alias'],
  ["users that stay", "aws_iam_user", { force_destroy: false }, "in user lacks force_destroy: IAM refuses"],
  ["a wider list", "aws_iam_group_policies_exclusive", { policy_names: ["later"] }, 'lets "later" stay'],
])("plans that end with %s disagree, and change nothing any more", async (_what, type, put, line) => {
  const plan = plansOf(SMALL, SMALL);
  applied("user.json", type, (values) => void Object.assign(values, put));
  const { code, stdout } = await reviewed({ plan });
  expect([1, 2]).toContain(code);
  expect(stdout).toContain("PLAN AND ROSTER DISAGREE");
  expect(stdout).toContain(line);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    "another role",
    { assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/x", session_name: "rolecall" }] },
    "role_arn",
  ],
  ["two roles", { assume_role: [{ role_arn: "arn:aws:iam::1:role/x" }, {}] }, "takes 2 roles, one through the other"],
  ["no role", { assume_role: [] }, "takes no role"],
  [
    "endpoints",
    { endpoints: [{ iam: "https://x.example" }] },
    'has \\"endpoints\\", so its calls go to another address',
  ],
  ["tags of its own", { default_tags: [{ tags: { a: "b" } }] }, "default_tags"],
  ["the sandbox's retries", { max_retries: 3 }, "which only the sandbox has"],
  ["another name", { alias: "acct_x" }, "has no provider of an account of the roster"],
])("a plan whose provider has %s cannot be trusted, exit 2", async (_what, settings, text) => {
  const stacks = structuredClone(stacksOf(SMALL));
  Object.assign(stacks["testing"]?.provider.aws[1] ?? {}, settings);
  const plan = Object.entries(stacks).map(([name, stack]) =>
    write(`${name}.json`, JSON.stringify(planOfStacks(stack, stack))),
  );
  const { code, stdout } = await reviewed({ plan, json: true });
  expect(code).toBe(2);
  expect(stdout).toContain(text);
});

test("plans made to be read with another role do what the roster says, when that role is given", async () => {
  const plan = plansOf(SMALL, SMALL).map((file) =>
    write(file, readFileSync(join(root, file), "utf8").replaceAll("role/OrganizationAccountAccessRole", "role/Reader")),
  );
  expect((await reviewed({ plan })).code).toBe(2);
  expect((await reviewed({ plan, as: "Reader" })).code).toBe(0);
  expect((await reviewed({ plan, as: "Other" })).code).toBe(2);
});

test("what is left behind is told, in text and as JSON, exit 1", async () => {
  const plan = [write("forget.json", capturedPlan("forget-testing"))];
  const sentence = 'role "spectator" stays in AWS and leaves Rolecall\'s control';
  const { stdout } = await reviewed({ plan });
  expect(stdout).toContain(sentence);
  const json = JSON.parse((await reviewed({ plan, json: true })).stdout);
  expect(json).toMatchObject({ schemaVersion: 2, command: "review" });
  const resource = { type: "role", name: "spectator" };
  const about = { direction: "widening", account: "testing" };
  expect(json.changes).toContainEqual({ ...about, kind: "resource-forgotten", resource, sentence });
});

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** The plans of SMALL, where a stack has more of one type of resource, there already or made by the apply. */
function plansWith(stack: string, type: string, body: object, isThere: boolean): readonly string[] {
  const stacks = stacksOf(SMALL);
  return Object.entries(stacks).map(([name, before]) => {
    const extra = { ...before.resource[type], extra: { provider: `aws.acct_${stack}`, ...body } };
    const after = name === stack ? { ...before, resource: { ...before.resource, [type]: extra } } : before;
    return write(`${name}.json`, JSON.stringify(planOfStacks(isThere ? after : before, after)));
  });
}

describe("what the roster does not ask for, though nobody has it", () => {
  const group = { name: "wide" };
  test.each<[string, string, object, number, string]>([
    [
      "user",
      "aws_iam_policy",
      { name: "wide", policy: EVERYTHING },
      1,
      'policy "arn:aws:iam::111111111111:policy/wide", held by nobody',
    ],
    ["testing", "aws_iam_policy", { name: "wide", path: "/rolecall/", policy: EVERYTHING }, 1, "held by nobody"],
    ["user", "aws_iam_group", group, 1, 'group "wide" is created'],
    ["testing", "aws_iam_group", group, 1, 'group "wide" is created'],
    [
      "user",
      "aws_iam_access_key",
      { user: "senior.one@example.org" },
      2,
      'aws_iam_access_key of user "senior.one@example.org"',
    ],
    ["testing", "aws_s3_bucket_policy", { bucket: "b", policy: EVERYTHING }, 2, "aws_s3_bucket_policy"],
    [
      "testing",
      "aws_iam_role_policy_attachment",
      { role: "administrator", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      1,
      'has the policy "arn:aws:iam::aws:policy/AdministratorAccess"',
    ],
  ])("%s: %s %j", async (stack, type, body, exit, told) => {
    for (const isThere of [false, true]) {
      const { code, stdout } = await reviewed({ plan: plansWith(stack, type, body, isThere) });
      expect(stdout).toMatch(/^PLAN AND ROSTER DISAGREE: /);
      expect(stdout).toContain(told);
      // What an attachment comes to beside an exclusive list nobody can tell.
      expect([exit, 2]).toContain(code);
    }
  });
});

test("an empty team, whose lists terraform prints as null, is no reason to doubt", async () => {
  const text = SMALL.replace("teams:", "teams:\n  nobody: {}");
  writeFileSync(join(root, "roster.yaml"), text);
  const plan = Object.entries(stacksOf(text)).map(([name, stack]) =>
    write(
      `${name}.json`,
      JSON.stringify(planOfStacks(stack, stack)).replaceAll(/"(users|policy_names)":\[\]/g, '"$1":null'),
    ),
  );
  const { code, stdout } = await reviewed({ plan });
  writeFileSync(join(root, "roster.yaml"), SMALL);
  expect([code, stdout.split("\n")[0]]).toEqual([0, "the plans of production, testing, user do what the roster says"]);
});

describe("with a base", () => {
  beforeAll(() => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    const git = (...args: string[]) => execFileSync("git", [...who, ...args], { cwd: root, stdio: "pipe" });
    git("init", "--quiet");
    git("add", "roster.yaml");
    git("commit", "--quiet", "-m", "roster");
    writeFileSync(join(root, "roster.yaml"), CHANGED);
  });
  afterAll(() => writeFileSync(join(root, "roster.yaml"), SMALL));

  test("plans that do what the roster says add one line", async () => {
    const plan = plansOf(SMALL, CHANGED);
    const { code, stdout } = await reviewed({ base: "HEAD", plan });
    expect([code, stdout.split("\n")[0]]).toEqual([
      1,
      "the plans of production, testing, user do what the roster says",
    ]);
    expect(stdout).toContain('"new.one@example.org" gains operator in testing');
  });

  test("the first plans of accounts that were never applied: a line each, and no disagreement", async () => {
    const plan = Object.entries(stacksOf(CHANGED)).map(([name, stack]) =>
      write(`${name}.json`, JSON.stringify(planOfStacks(undefined, stack))),
    );
    const { code, stdout } = await reviewed({ base: "HEAD", plan });
    expect([code, stdout.split("\n")[0]]).toEqual([
      1,
      "the plans of production, testing, user do what the roster says, and also 3 things",
    ]);
    expect(stdout).not.toContain("the plans do more");
    for (const account of ["production", "testing", "user"])
      expect(stdout).toMatch(
        new RegExp(
          `${account} was never applied with this Terraform state; the plan creates everything \\(\\d+ resources\\)`,
        ),
      );
  });

  test("a missing plan is named", async () => {
    const plan = plansOf(SMALL, CHANGED).filter((file) => file !== "user.json");
    const { code, stdout } = await reviewed({ base: "HEAD", plan });
    expect(code).toBe(2);
    expect(stdout).toContain("cannot be trusted");
    expect(stdout).toContain("no plan for user was given, so what its apply does is unknown");
  });

  test("plans that do something else are told loudly, before everything", async () => {
    const plan = plansOf(SMALL, WITHOUT_TWO);
    const { code, stdout } = await reviewed({ base: "HEAD", plan });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^PLAN AND ROSTER DISAGREE: \d+ things in production, testing, user\n/);
    for (const sentence of [
      'the plans do more than the roster says: user "senior.two@example.org" is deleted',
      'the plans do less than the roster says: "new.one@example.org" gains operator in testing',
      'the plans do less than the roster says: MFA for role "administrator" may be 2 h old instead of 1 h',
    ])
      expect(stdout).toContain(sentence);
  });
});

const OUTPUTS = [{}, { json: true }, { markdown: true }, { sarif: true }, { annotations: true }] as const;

test.each([
  ["create", OUTPUTS],
  ["drift", [{}]],
] as const)("no secret of a plan is printed: %s", async (kind, outputs) => {
  const plan = [
    write("planted.json", plantSecrets(capturedPlan(`${kind}-testing`), "aws.acct_testing")),
    write("people.json", plantSecrets(capturedPlan(`${kind}-user`), "aws.acct_user")),
  ];
  for (const output of outputs) {
    const { code, stdout, stderr } = await reviewed({ plan, ...output });
    expect(code).toBe(2);
    // What carries the secrets is told; without that this would say nothing. Other outputs write names in their own way.
    expect(stdout.length).toBeGreaterThan(500);
    if (!("markdown" in output || "annotations" in output))
      for (const told of ["an aws_iam_access_key", "an aws_iam_user_login_profile", "aws_db_instance", "provisioners"])
        expect(stdout).toContain(told);
    expect(`${stdout}${stderr}`.match(/s3cr3t-[\w-]*/g) ?? []).toEqual([]);
  }
});
