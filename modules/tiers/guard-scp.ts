import { type AccountRef, iamArn } from "../iam/arn";
import type { PartitionId } from "../iam/partition";
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

/** Deploy roles are there before the policy is attached; one made later would pass for a deploy role. */
const DEPLOY_ROLE_CHANGES = ["iam:CreateRole", ...ROLE_CHANGES].sort();

/** Whose roles and policies are guarded; all accounts are in one partition. */
export interface Guarded {
  /** Path of tier roles and their policies. */
  readonly path: string;
  readonly partition: PartitionId;
  /** ARNs with exact accounts. */
  readonly deployRoleArns: readonly string[];
}

/**
 * The one thing that binds an administrator: a service control policy of the organization. Tier roles and their policies can
 * be changed only by the deploy roles, and a deploy role by nobody while the policy is attached. It does not bind the
 * organization's management account, and service-linked roles. Roles are named by their path and name in any account, so that
 * accounts whose deploy roles have one name have one short document.
 * Source: AWS Organizations User Guide, "Service control policies" (read 2026-11).
 */
export function guardScp({ path, partition, deployRoleArns }: Guarded): PolicyDocument {
  const deployRoles = [...new Set(deployRoleArns.map(inAnyAccount))].sort();
  return guard("", iamArn({ partition, id: "*" }, ""), path, deployRoles);
}

/**
 * The same for one account, to be attached to that account: its ids say which. What it denies is only in that account, so that
 * several of them on one node keep no deploy role out, which policies with `*` in place of the account would.
 */
export function accountGuardScp(
  account: AccountRef & { readonly deployRoleArn: string },
  path: string,
): PolicyDocument {
  return guard(`OnlyFor${account.id}`, iamArn(account, ""), path, [account.deployRoleArn]);
}

/** `prefix`: the beginning of the ARNs of what is guarded. */
function guard(suffix: string, prefix: string, path: string, deployRoles: readonly string[]): PolicyDocument {
  return policyDocument(
    {
      Sid: `TierRolesByDeployRolesAlone${suffix}`,
      Effect: "Deny",
      Action: ["iam:CreateRole", ...ROLE_CHANGES].sort(),
      Resource: [`${prefix}role${path}*`],
      Condition: { ArnNotLike: { "aws:PrincipalArn": deployRoles } },
    },
    {
      Sid: `TierPoliciesByDeployRolesAlone${suffix}`,
      Effect: "Deny",
      Action: ["iam:CreatePolicy", ...POLICY_CHANGES].sort(),
      Resource: [`${prefix}policy${path}*`],
      Condition: { ArnNotLike: { "aws:PrincipalArn": deployRoles } },
    },
    { Sid: `DeployRolesByNobody${suffix}`, Effect: "Deny", Action: DEPLOY_ROLE_CHANGES, Resource: deployRoles },
  );
}

function inAnyAccount(arn: string): string {
  return arn.replace(/^(arn:[^:]+:iam::)\d{12}:/, "$1*:");
}
