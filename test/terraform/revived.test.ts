import { changesInPlan } from "../../modules/terraform/plan-json";

const ADDRESS = "aws_iam_role_policies_exclusive.only";

function revived(type: string, before: unknown, after: unknown, action = "update"): readonly string[] | undefined {
  const change = { actions: [action], before, after };
  return changesInPlan(JSON.stringify({ resource_changes: [{ address: ADDRESS, type, change }] }))[0]?.revives;
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
