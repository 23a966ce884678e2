import type {
  AccountPlan,
  GroupPlan,
  ManagedPolicyPlan,
  RolePlan,
  UserPlan,
  WorkloadAccountPlan,
  UserAccountPlan,
} from "../access/plan";
import type { NamedPolicy } from "../iam/policy-document";
import { quote, stableJson } from "../text";
import type { LiveAccount, LiveGroup, LivePolicies, LivePolicy, LiveRole, LiveUser } from "./live-account";

/** Where an account differs from its plan, in sentences; empty means equal. */
export function diffLive(plan: AccountPlan, live: LiveAccount): readonly string[] {
  const differences = plan.kind === "user" ? diffUserAccount(plan, live) : diffWorkloadAccount(plan, live);
  return differences.map((line) => `${plan.key}: ${line}`);
}

function diffUserAccount(plan: UserAccountPlan, live: LiveAccount): readonly string[] {
  const groupsOf = (user: string) =>
    plan.groups.filter(({ members }) => members.includes(user)).map(({ name }) => name);
  return [
    ...different("the account alias", plan.alias, live.alias),
    ...different("the password policy", plan.passwordPolicy, numbersOf(live.passwordPolicy)),
    ...match("user", plan.users, live.users, (user, found) => diffUser(user, found, groupsOf(user.name))),
    ...match("group", plan.groups, live.groups, diffGroup),
    ...match("policy", plan.policies, live.policies, diffPolicy),
  ];
}

/** Of the rules what the plan says in numbers; the proof holds all of them. */
function numbersOf(rules: LiveAccount["passwordPolicy"]): Partial<UserAccountPlan["passwordPolicy"]> | undefined {
  return rules && { minimumLength: rules.minimumLength ?? 0, reusePrevention: rules.reusePrevention ?? 0 };
}

function diffWorkloadAccount(plan: WorkloadAccountPlan, live: LiveAccount): readonly string[] {
  return [
    ...match("role", plan.roles, live.roles, diffRole),
    ...match("policy", plan.policies, live.policies, diffPolicy),
  ];
}

function diffUser(plan: UserPlan, live: LiveUser, groups: readonly string[]): readonly string[] {
  return [
    ...different("path", "/", live.path),
    ...different("tags", plan.tags, live.tags),
    ...different("groups", groups, live.groups),
    ...different("permissions boundary", undefined, live.boundary),
    ...diffPolicies(plan.inlinePolicies, [], live),
  ];
}

function diffGroup(plan: GroupPlan, live: LiveGroup): readonly string[] {
  return [
    ...different("path", plan.path, live.path),
    ...different("members", plan.members, live.members),
    ...diffPolicies(plan.inlinePolicies, plan.policyArns, live),
  ];
}

function diffRole(plan: RolePlan, live: LiveRole): readonly string[] {
  return [
    ...different("path", plan.path, live.path),
    ...different("description", plan.description, live.description),
    ...different("session length", plan.maxSessionSeconds, live.maxSessionSeconds),
    ...different("trust", plan.trust, live.trust),
    ...different("permissions boundary", plan.permissionsBoundaryArn, live.boundary),
    ...different("tags", plan.tags, live.tags),
    ...diffPolicies(plan.inlinePolicies, plan.policyArns, live),
  ];
}

function diffPolicy(plan: ManagedPolicyPlan, live: LivePolicy): readonly string[] {
  return [...different("path", plan.path, live.path), ...different("document", plan.document, live.document)];
}

function diffPolicies(
  inline: readonly NamedPolicy[],
  attached: readonly string[],
  live: LivePolicies,
): readonly string[] {
  const documents = Object.fromEntries(inline.map(({ name, document }) => [name, document]));
  return [
    ...different("inline policies", documents, live.inline),
    ...different("attached policies", attached, live.attached),
  ];
}

interface Named {
  readonly name: string;
}

function match<P extends Named, L extends Named>(
  kind: string,
  plans: readonly P[],
  lives: readonly L[],
  diff: (plan: P, live: L) => readonly string[],
): readonly string[] {
  const planned = plans.flatMap((plan) => {
    const live = lives.find(({ name }) => name === plan.name);
    if (!live) return [`the ${kind} ${quote(plan.name)} is missing`];
    return diff(plan, live).map((line) => `the ${kind} ${quote(plan.name)}: ${line}`);
  });
  const extra = lives
    .filter(({ name }) => !plans.some((plan) => plan.name === name))
    .map(({ name }) => `the ${kind} ${quote(name)} is not in the plan`);
  return [...planned, ...extra];
}

function different(what: string, planned: unknown, live: unknown): readonly string[] {
  return stableJson(planned ?? null) === stableJson(live ?? null)
    ? []
    : [`${what} ${what.endsWith("s") ? "differ" : "differs"}`];
}
