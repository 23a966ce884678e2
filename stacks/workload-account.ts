import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import type { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { RolePlan, WorkloadAccountPlan } from "../modules/access/plan";
import { addresses } from "./addresses";
import { customerManagedPolicies } from "./managed-policies";
import { literalTags, policyJson } from "./policy-json";

export interface WorkloadAccountProps {
  readonly plan: WorkloadAccountPlan;
  /** Of this very account. */
  readonly provider: AwsProvider;
}

/**
 * Declares what is in a workload account: its managed policies, and the tier roles, each with exactly its policies. A role names its
 * boundary by a literal ARN, which carries no dependency; hence the explicit one.
 */
export class WorkloadAccount extends Construct {
  private readonly provider: AwsProvider;

  constructor(scope: Construct, id: string, { plan, provider }: WorkloadAccountProps) {
    super(scope, id);
    this.provider = provider;
    const policies = customerManagedPolicies(this, plan, provider);
    const roles = new Construct(this, "roles");
    for (const role of plan.roles) this.role(new Construct(roles, `role-${role.name}`), role, policies);
  }

  private role(scope: Construct, plan: RolePlan, policies: readonly IamPolicy[]): void {
    const { provider } = this;
    const { name, inlinePolicies, policyArns } = plan;
    const role = new IamRole(scope, "role", {
      provider,
      name,
      path: plan.path,
      description: plan.description,
      assumeRolePolicy: policyJson(plan.trust),
      maxSessionDuration: plan.maxSessionSeconds,
      forceDetachPolicies: true,
      ...(plan.permissionsBoundaryArn === undefined
        ? {}
        : { permissionsBoundary: plan.permissionsBoundaryArn, dependsOn: addresses(...policies) }),
      tags: literalTags(plan.tags),
    });
    const inline = inlinePolicies.map(
      ({ name: policy, document }) =>
        new IamRolePolicy(scope, `policy-${policy}`, {
          provider,
          name: policy,
          role: name,
          policy: policyJson(document),
          dependsOn: addresses(role),
        }),
    );
    new IamRolePoliciesExclusive(scope, "only-inline", {
      provider,
      roleName: name,
      policyNames: inlinePolicies.map((policy) => policy.name),
      dependsOn: addresses(role, ...inline),
    });
    new IamRolePolicyAttachmentsExclusive(scope, "only-attached", {
      provider,
      roleName: name,
      policyArns: [...policyArns],
      dependsOn: addresses(role),
    });
  }
}
