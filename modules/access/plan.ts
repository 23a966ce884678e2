import type { PartitionId } from "../iam/partition";
import type { Backend } from "../roster/roster";
import type { NamedPolicy, PolicyDocument } from "../iam/policy-document";

/** What exists in which account: plain, frozen, every list sorted. Constructs, profiles and reports only render it. */
export interface AccessPlan {
  readonly organization: string;
  readonly backend: Backend;
  readonly stacks: readonly StackPlan[];
}

/** One Terraform state. */
export interface StackPlan {
  readonly key: string;
  readonly accounts: readonly AccountPlan[];
}

export type AccountPlan = UserAccountPlan | WorkloadAccountPlan;

interface AnyAccountPlan {
  readonly key: string;
  readonly id: string;
  readonly partition: PartitionId;
  readonly region: string;
  readonly deployRoleArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UserAccountPlan extends AnyAccountPlan {
  readonly kind: "user";
  readonly alias?: string;
  readonly passwordPolicy: PasswordPolicy;
  readonly users: readonly UserPlan[];
  readonly groups: readonly GroupPlan[];
  readonly policies: readonly ManagedPolicyPlan[];
}

export interface WorkloadAccountPlan extends AnyAccountPlan {
  readonly kind: "workload";
  readonly environment?: string;
  readonly roles: readonly RolePlan[];
  readonly policies: readonly ManagedPolicyPlan[];
}

export interface UserPlan {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The person's own grants; absent without any. */
  readonly inlinePolicies: readonly NamedPolicy[];
}

export interface GroupPlan {
  readonly name: string;
  readonly path: string;
  /** User names, sorted; the group holds these and nobody else. */
  readonly members: readonly string[];
  readonly inlinePolicies: readonly NamedPolicy[];
  /** Managed policies attached, sorted; used where the role ARNs of a team do not fit inline. */
  readonly policyArns: readonly string[];
}

export interface RolePlan {
  readonly name: string;
  readonly path: string;
  readonly tier: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly trust: PolicyDocument;
  /** A managed policy of the same account; absent where nothing bounds the role. */
  readonly permissionsBoundaryArn?: string;
  readonly inlinePolicies: readonly NamedPolicy[];
  /** Managed policies attached, sorted; the role holds these and no other. */
  readonly policyArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A customer managed policy. */
export interface ManagedPolicyPlan {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

/** The provider's names, in IAM's units. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly reusePrevention: number;
}
