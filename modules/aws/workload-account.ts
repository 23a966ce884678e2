import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { RolePlan, WorkloadAccountPlan } from "../access/plan";
import { addresses } from "./addresses";
import { literalTags, policyJson } from "./policy-json";

/** Renders a workload account: the tier roles, each with exactly its policies. */
export class WorkloadAccountAccess extends Construct {
  constructor(
    scope: Construct,
    id: string,
    plan: WorkloadAccountPlan,
    private readonly provider: AwsProvider,
  ) {
    super(scope, id);
    const roles = new Construct(this, "roles");
    for (const role of plan.roles) this.role(new Construct(roles, `role-${role.name}`), role);
  }

  private role(scope: Construct, plan: RolePlan): void {
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
