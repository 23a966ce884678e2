import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changesInPlan } from "../../modules/terraform/run/plan-json";
import { FakeProject, script } from "./fake-project";
import { apply, plan } from "./stack-commands";

const named = (name: string | null) => (name === null ? null : { name });

function entry(type: string, address: string, actions: readonly string[], before: string | null, after: string | null) {
  return { type, address: `${type}.${address}`, change: { actions, before: named(before), after: named(after) } };
}

type Entry = ReturnType<typeof entry>;

function sameNames(...resource_changes: readonly Entry[]) {
  return changesInPlan(JSON.stringify({ format_version: "1.2", resource_changes })).flatMap(
    ({ sameName }) => sameName ?? [],
  );
}

const made = (type: string, address: string, name: string) => entry(type, address, ["create"], null, name);
const there = (type: string, address: string, name: string) => entry(type, address, ["no-op"], name, name);
const gone = (type: string, address: string, name: string) => entry(type, address, ["delete"], name, null);

test.each(["aws_iam_user", "aws_iam_group", "aws_iam_role", "aws_iam_policy"])(
  "%s: a name in another case than one that exists is the same to IAM",
  (type) => {
    const expected = [{ made: "Ann@example.org", exists: "ann@example.org" }];
    expect(sameNames(made(type, "user_b", "Ann@example.org"), gone(type, "user_a", "ann@example.org"))).toEqual(
      expected,
    );
    expect(sameNames(made(type, "user_b", "Ann@example.org"), there(type, "user_a", "ann@example.org"))).toEqual(
      expected,
    );
    expect(sameNames(entry(type, "user_a", ["delete", "create"], "ann@example.org", "Ann@example.org"))).toEqual(
      expected,
    );
    expect(sameNames(entry(type, "user_a", ["update"], "ann@example.org", "Ann@example.org"))).toEqual(expected);
  },
);

test.each([
  ["another account of the same stack", [made("aws_iam_role", "a_r", "X"), there("aws_iam_role", "b_r", "x")]],
  ["another kind", [made("aws_iam_role", "a_r", "X"), there("aws_iam_user", "a_u", "x")]],
  ["the same spelling, made again", [entry("aws_iam_user", "a_u", ["delete", "create"], "x", "x")]],
  ["a name that was never there", [made("aws_iam_user", "a_u", "X"), made("aws_iam_user", "a_v", "y")]],
  ["no name of IAM", [made("aws_s3_bucket", "a_u", "X"), there("aws_s3_bucket", "a_v", "x")]],
])("no clash: %s", (_name, entries) => {
  expect(sameNames(...entries)).toEqual([]);
});

describe("with a Terraform that only says what it would do", () => {
  const project = new FakeProject();
  afterAll(() => project.remove());
  const terraform = script(project, "terraform", [
    'case "$1" in',
    `version) echo '{"terraform_version":"1.11.4"}' ;;`,
    'plan) for each in "$@"; do case "$each" in -out=*) echo plan > "${each#-out=}" ;; esac; done; exit 2 ;;',
    `show) cat "${project.root}/plan.json" ;;`,
    `apply) touch "${project.root}/applied" ;;`,
    "esac",
  ]);
  const context = (...resource_changes: readonly Entry[]) => {
    project.write({ user: { only: {} } });
    writeFileSync(join(project.root, "plan.json"), JSON.stringify({ format_version: "1.2", resource_changes }));
    return project.context({ TERRAFORM_BINARY_NAME: terraform });
  };
  const options = { stacks: [], parallelism: 1, json: false };

  test("plan and apply say what goes with a user, and which command ends its sessions", async () => {
    const leaving = context(gone("aws_iam_user", "user_users_ann", "ann@example.org"));
    expect(await plan(leaving, options, project.tools())).toBe(1);
    expect(project.out).toContain('the user "ann@example.org" with its password, access keys and MFA devices');
    expect(project.out).toContain("rolecall offboard ann@example.org ends them");
    expect(await apply(leaving, { ...options, autoApprove: true }, project.tools())).toBe(0);
    expect(project.talk).toContain("rolecall offboard ann@example.org ends them");
    expect(existsSync(join(project.root, "applied"))).toBe(true);
  });

  test("a name in another case is refused before anything changes", async () => {
    const applied = join(project.root, "applied");
    const clash = context(
      made("aws_iam_user", "user_users_Ann", "Ann@example.org"),
      gone("aws_iam_user", "user_users_ann", "ann@example.org"),
    );
    const before = existsSync(applied);
    expect(await plan(clash, options, project.tools())).toBe(1);
    expect(project.out).toContain('IAM treats as the same name as "ann@example.org", which exists: refused');
    expect(await apply(clash, { ...options, autoApprove: true }, project.tools())).toBe(2);
    expect(project.out).toContain('refused: it creates "Ann@example.org" while "ann@example.org" exists');
    expect(existsSync(applied)).toBe(before);
  });
});
