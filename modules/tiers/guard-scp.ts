import { type PolicyDocument, policyDocument } from "../iam/policy-document";

/** Changes of a role: who may take it, what it may do, how long, and whether it exists. */
const ROLE_CHANGES = [
  "iam:AttachRolePolicy",
  "iam:DeleteRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

const POLICY_CHANGES = [
  "iam:CreatePolicyVersion",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:TagPolicy",
  "iam:UntagPolicy",
];

/** Who makes roles where; ARNs with exact accounts. */
export interface Guarded {
  /** Path of tier roles and their policies. */
  readonly path: string;
  readonly deployRoleArns: readonly string[];
}

/**
 * The one thing that binds an administrator: a service control policy of the organization. Tier roles and their policies can
 * be changed by the deploy roles alone, and a deploy role by nobody while the policy is attached. It does not bind the
 * organization's management account, and service-linked roles. An exact list of accounts would outgrow the 10,240 characters
 * of a service control policy, so roles are named by their path and name in any account.
 * Source: AWS Organizations User Guide, "Service control policies" (read 2026-11).
 */
export function guardScp({ path, deployRoleArns }: Guarded): PolicyDocument {
  const deployRoles = [...new Set(deployRoleArns.map(inAnyAccount))].sort();
  return policyDocument(
    {
      Sid: "TierRolesByDeployRolesAlone",
      Effect: "Deny",
      Action: ["iam:CreateRole", ...ROLE_CHANGES].sort(),
      Resource: [`arn:aws:iam::*:role${path}*`],
      Condition: { ArnNotLike: { "aws:PrincipalArn": deployRoles } },
    },
    {
      Sid: "TierPoliciesByDeployRolesAlone",
      Effect: "Deny",
      Action: ["iam:CreatePolicy", ...POLICY_CHANGES].sort(),
      Resource: [`arn:aws:iam::*:policy${path}*`],
      Condition: { ArnNotLike: { "aws:PrincipalArn": deployRoles } },
    },
    { Sid: "DeployRolesByNobody", Effect: "Deny", Action: ROLE_CHANGES, Resource: deployRoles },
  );
}

function inAnyAccount(arn: string): string {
  return arn.replace(/^(arn:[^:]+:iam::)\d{12}:/, "$1*:");
}
