import { IamAccountAlias } from "@cdktf/provider-aws/lib/iam-account-alias";
import { IamAccountPasswordPolicy } from "@cdktf/provider-aws/lib/iam-account-password-policy";
import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamGroupMembership } from "@cdktf/provider-aws/lib/iam-group-membership";
import { IamGroupPoliciesExclusive } from "@cdktf/provider-aws/lib/iam-group-policies-exclusive";
import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamGroupPolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-group-policy-attachments-exclusive";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, type TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { readFileSync } from "node:fs";
import type { BareStack } from "./bare-values";

type ResourceClass = new (scope: Construct, id: string, config: never) => TerraformResource;

const CLASSES: Readonly<Record<string, ResourceClass>> = {
  aws_iam_account_alias: IamAccountAlias,
  aws_iam_account_password_policy: IamAccountPasswordPolicy,
  aws_iam_group: IamGroup,
  aws_iam_group_membership: IamGroupMembership,
  aws_iam_group_policies_exclusive: IamGroupPoliciesExclusive,
  aws_iam_group_policy: IamGroupPolicy,
  aws_iam_group_policy_attachments_exclusive: IamGroupPolicyAttachmentsExclusive,
  aws_iam_policy: IamPolicy,
  aws_iam_role: IamRole,
  aws_iam_role_policies_exclusive: IamRolePoliciesExclusive,
  aws_iam_role_policy: IamRolePolicy,
  aws_iam_role_policy_attachments_exclusive: IamRolePolicyAttachmentsExclusive,
  aws_iam_user: IamUser,
  aws_iam_user_policy: IamUserPolicy,
};

/**
 * The least a cdktf app can do for these resources: plain values in, one construct each, no check of anything. Reads the file
 * that ROLECALL_BARE_VALUES names; writes to CDKTF_OUTDIR.
 */
function main(values: readonly BareStack[]): void {
  const app = new App({ skipValidation: true });
  for (const stack of values) addStack(app, stack);
  app.synth();
}

function addStack(app: App, { key, requiredVersion, awsProvider, statePath, providers, resources }: BareStack): void {
  const stack = new TerraformStack(app, key);
  stack.addOverride("terraform.required_version", requiredVersion);
  stack.addOverride("terraform.required_providers.aws", awsProvider);
  new LocalBackend(stack, { path: statePath });
  const byAlias = new Map(
    providers.map((provider) => [
      provider.alias,
      new AwsProvider(stack, `provider-${provider.alias ?? "default"}`, provider),
    ]),
  );
  const made = new Map<string, TerraformResource>();
  for (const { type, id, alias, config, dependsOn } of resources) {
    const resourceClass = CLASSES[type];
    if (!resourceClass) throw new Error(`the bare app does not support ${type}; add its class`);
    const provider = byAlias.get(alias);
    const others = dependsOn.map((address) => made.get(address));
    const all = { ...config, provider, ...(others.length > 0 ? { dependsOn: others } : {}) };
    made.set(`${type}.${id}`, new resourceClass(stack, id, all as never));
  }
}

main(JSON.parse(readFileSync(process.env["ROLECALL_BARE_VALUES"] ?? "", "utf8")) as readonly BareStack[]);
