import { IamAccountAlias } from "@cdktf/provider-aws/lib/iam-account-alias";
import { IamAccountPasswordPolicy } from "@cdktf/provider-aws/lib/iam-account-password-policy";
import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamGroupMembership } from "@cdktf/provider-aws/lib/iam-group-membership";
import { IamGroupPoliciesExclusive } from "@cdktf/provider-aws/lib/iam-group-policies-exclusive";
import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamGroupPolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-group-policy-attachments-exclusive";
import type { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { GroupPlan, UserAccountPlan, UserPlan } from "../modules/access/plan";
import { addresses } from "./addresses";
import { customerManagedPolicies } from "./managed-policies";
import { literalTags, policyJson } from "./policy-json";

export interface UserAccountProps {
  readonly plan: UserAccountPlan;
  /** Of this very account. */
  readonly provider: AwsProvider;
}

/**
 * Declares what is in the user account. Dependencies are explicit, because literal names carry none: a membership waits for its users,
 * and an exclusive list for the policies it lists.
 */
export class UserAccount extends Construct {
  private readonly plan: UserAccountPlan;
  private readonly provider: AwsProvider;

  constructor(scope: Construct, id: string, { plan, provider }: UserAccountProps) {
    super(scope, id);
    this.plan = plan;
    this.provider = provider;
    this.account();
    const users = this.users();
    const policies = customerManagedPolicies(this, plan, provider);
    this.groups(users, policies);
  }

  private account(): void {
    const { provider, plan } = this;
    const { minimumLength, reusePrevention } = plan.passwordPolicy;
    new IamAccountPasswordPolicy(this, "password-policy", {
      provider,
      minimumPasswordLength: minimumLength,
      passwordReusePrevention: reusePrevention,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: true,
    });
    if (plan.alias !== undefined) new IamAccountAlias(this, "alias", { provider, accountAlias: plan.alias });
  }

  private users(): ReadonlyMap<string, IamUser> {
    const people = new Construct(this, "people");
    return new Map(this.plan.users.map((user) => [user.name, this.user(people, user)]));
  }

  private user(people: Construct, { name, tags, inlinePolicies }: UserPlan): IamUser {
    const { provider } = this;
    const user = new IamUser(people, `user-${name}`, { provider, name, forceDestroy: true, tags: literalTags(tags) });
    for (const { name: policy, document } of inlinePolicies) {
      new IamUserPolicy(people, `policy-${policy}-${name}`, {
        provider,
        name: policy,
        user: name,
        policy: policyJson(document),
        dependsOn: addresses(user),
      });
    }
    return user;
  }

  private groups(users: ReadonlyMap<string, IamUser>, policies: readonly IamPolicy[]): void {
    const groups = new Construct(this, "groups");
    for (const group of this.plan.groups)
      this.group(new Construct(groups, `group-${group.name}`), group, users, policies);
  }

  private group(
    scope: Construct,
    { name, path, members, inlinePolicies, policyArns }: GroupPlan,
    users: ReadonlyMap<string, IamUser>,
    policies: readonly IamPolicy[],
  ): void {
    const { provider } = this;
    const group = new IamGroup(scope, "group", { provider, name, path });
    new IamGroupMembership(scope, "members", {
      provider,
      name,
      group: name,
      users: [...members],
      dependsOn: addresses(group, ...members.flatMap((member) => users.get(member) ?? [])),
    });
    const inline = inlinePolicies.map(
      ({ name: policy, document }) =>
        new IamGroupPolicy(scope, `policy-${policy}`, {
          provider,
          name: policy,
          group: name,
          policy: policyJson(document),
          dependsOn: addresses(group),
        }),
    );
    new IamGroupPoliciesExclusive(scope, "only-inline", {
      provider,
      groupName: name,
      policyNames: inlinePolicies.map((policy) => policy.name),
      dependsOn: addresses(group, ...inline),
    });
    new IamGroupPolicyAttachmentsExclusive(scope, "only-attached", {
      provider,
      groupName: name,
      policyArns: [...policyArns],
      dependsOn: addresses(group, ...policies),
    });
  }
}
