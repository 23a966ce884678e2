import type { AccountDocuments, GroupDocuments, RoleDocuments, UserDocuments } from "../iam/account-documents";
import { policyArn } from "../iam/arn";
import type { NamedPolicy } from "../iam/policy-document";
import type { AccessPlan, AccountPlan, GroupPlan, RolePlan, UserPlan } from "./plan";

/** Every account as it is after the plan is applied to it: what reading it back would give. */
export function accessDocuments(plan: AccessPlan): readonly AccountDocuments[] {
  return plan.stacks.flatMap(({ accounts }) => accounts.map(accountDocuments));
}

function accountDocuments(account: AccountPlan): AccountDocuments {
  const people = account.kind === "user" ? account : { users: [], groups: [] };
  return {
    id: account.id,
    partition: account.partition,
    users: people.users.map(userDocuments),
    groups: people.groups.map(groupDocuments),
    roles: account.kind === "user" ? [] : account.roles.map(roleDocuments),
    policies: new Map(account.policies.map(({ path, name, document }) => [policyArn(account, path, name), document])),
    unknowns: [],
  };
}

/** People are at the root of the user account's paths. */
function userDocuments({ name, inlinePolicies, tags }: UserPlan): UserDocuments {
  return { kind: "user", name, path: "/", inline: inline(inlinePolicies), attached: [], tags };
}

function groupDocuments({ name, path, members, inlinePolicies, policyArns }: GroupPlan): GroupDocuments {
  return { kind: "group", name, path, inline: inline(inlinePolicies), attached: policyArns, members };
}

function roleDocuments(role: RolePlan): RoleDocuments {
  const { name, path, trust, maxSessionSeconds, permissionsBoundaryArn: boundary, tags } = role;
  return {
    kind: "role",
    ...{ name, path, trust, maxSessionSeconds, inline: inline(role.inlinePolicies), attached: role.policyArns, tags },
    ...(boundary === undefined ? {} : { boundary }),
  };
}

function inline(policies: readonly NamedPolicy[]): ReadonlyMap<string, unknown> {
  return new Map(policies.map(({ name, document }) => [name, document]));
}
