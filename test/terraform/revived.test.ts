import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changesInPlan } from "../../modules/terraform/run/plan-json";
import { FakeProject, script } from "./fake-project";
import { apply } from "./stack-commands";

const ADDRESS = "aws_iam_role_policies_exclusive.only";

function revived(type: string, before: unknown, after: unknown, action = "update"): readonly string[] | undefined {
  const change = { actions: [action], before, after };
  return changesInPlan(
    JSON.stringify({ format_version: "1.2", resource_changes: [{ address: ADDRESS, type, change }] }),
  )[0]?.revives;
}

const EXCLUSIVE = "aws_iam_role_policies_exclusive";
const ANN = "rolecall-revoked-sessions-ann";

test("a list of a role's policies that loses a denial of sessions says which", () => {
  const before = { policy_names: ["access", ANN, "rolecall-revoked-sessions"] };
  expect(revived(EXCLUSIVE, before, { policy_names: ["access"] })).toEqual(["rolecall-revoked-sessions", ANN]);
});

test.each([
  ["it is kept", EXCLUSIVE, { policy_names: [ANN] }, { policy_names: [ANN, "access"] }],
  ["another policy goes", EXCLUSIVE, { policy_names: ["rolecall-revoked", "access"] }, { policy_names: [] }],
  ["the role itself goes, and its sessions with it", EXCLUSIVE, { policy_names: [ANN] }, null],
  ["it is no list of a role's policies", "aws_iam_role", { policy_names: [ANN] }, { policy_names: [] }],
  ["the list is none", EXCLUSIVE, { policy_names: "x" }, {}],
])("nothing is revived where %s", (_name, type, before, after) => {
  expect(revived(type, before, after)).toBeUndefined();
});

describe("rolecall apply, with a Terraform that only says what it would do", () => {
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

  async function applied(kept: readonly string[]): Promise<number> {
    project.write({ testing: { only: {} } });
    const change = { actions: ["update"], before: { policy_names: [ANN] }, after: { policy_names: kept } };
    const resource_changes = [{ address: ADDRESS, type: EXCLUSIVE, change }];
    writeFileSync(join(project.root, "plan.json"), JSON.stringify({ format_version: "1.2", resource_changes }));
    const context = project.context({ TERRAFORM_BINARY_NAME: terraform });
    return apply(context, { stacks: [], parallelism: 1, json: false, autoApprove: true }, project.tools());
  }

  test("what would let ended sessions live again is shown, and not applied", async () => {
    expect(await applied([])).toBe(2);
    expect(existsSync(join(project.root, "applied"))).toBe(false);
    expect(project.out + project.talk).toContain(`update ${ADDRESS}, which would make ended sessions valid again`);
    expect(project.out).toContain(`refused: it removes "${ANN}"`);
  });

  test("what keeps them ended is applied", async () => {
    expect(await applied([ANN, "access"])).toBe(0);
    expect(existsSync(join(project.root, "applied"))).toBe(true);
  });
});
