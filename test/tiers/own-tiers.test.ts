import { operatorBoundary } from "../../modules/tiers/operator-boundary";
import { ownPermissions } from "../../modules/tiers/tier-permissions";
import { ACCOUNT, ask, BOUNDARY, compile, type Role } from "./documents";

const NONE = { allow: [], deny: [], policyArns: [] };
const boundary = compile(
  operatorBoundary({
    account: { partition: "aws", id: ACCOUNT },
    boundaryArn: BOUNDARY,
    applicationPath: "/application/",
  }),
);

function role(lists: { readonly allow: readonly string[]; readonly deny: readonly string[] }): Role {
  const { inlinePolicies } = ownPermissions("own", { ...NONE, ...lists });
  return { identity: inlinePolicies.map(({ document }) => compile(document)), boundary };
}

test.each<[string, readonly string[], readonly string[], string, "allowed" | "denied"]>([
  ["allows what it lists", ["s3:Get*"], [], "s3:GetObject", "allowed"],
  ["allows nothing else", ["s3:Get*"], [], "s3:PutObject", "denied"],
  ["denies before it allows", ["s3:*"], ["s3:Delete*"], "s3:DeleteObject", "denied"],
  ["gives no purchase with everything allowed", ["*"], [], "ec2:PurchaseReservedInstancesOffering", "denied"],
  ["gives no user with IAM allowed", ["iam:*"], [], "iam:CreateUser", "denied"],
  ["gives no role of somebody else's", ["sts:AssumeRole"], [], "sts:AssumeRole", "denied"],
])("an own tier %s", (_name, allow, deny, action, expected) => {
  const resource = action === "sts:AssumeRole" ? `arn:aws:iam::${ACCOUNT}:role/rolecall/administrator` : "*";
  expect(ask(role({ allow, deny }), { action, resource }) === "allowed" ? "allowed" : "denied").toBe(expected);
});

test("carries the boundary in every form, and no inline policy without a list", () => {
  expect(ownPermissions("own", { ...NONE, policyArns: ["arn:aws:iam::aws:policy/SecurityAudit"] })).toEqual({
    bounded: true,
    inlinePolicies: [],
    policyArns: ["arn:aws:iam::aws:policy/SecurityAudit"],
  });
});
