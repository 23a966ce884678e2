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

/** What an account differs in: itself, or one of the objects in it. */
export interface LiveSubject {
  readonly type: "user" | "group" | "role" | "policy";
  readonly name: string;
}

/** One way in which an account is not what its plan says. Without a subject it is a setting of the account itself. */
export type LiveDifference =
  | { readonly kind: "missing" | "unplanned"; readonly subject: LiveSubject }
  | {
      readonly kind: "changed";
      readonly subject?: LiveSubject | undefined;
      readonly property: Property;
      readonly planned: unknown;
      readonly live: unknown;
    };

/** Everything that is compared, as a person reads it. */
const PROPERTIES = {
  alias: "the account alias differs",
  passwordPolicy: "the password policy differs",
  path: "path differs",
  tags: "tags differ",
  groups: "groups differ",
  members: "members differ",
  description: "description differs",
  sessionLength: "session length differs",
  trust: "trust differs",
  boundary: "permissions boundary differs",
  document: "document differs",
  inlinePolicies: "inline policies differ",
  attachedPolicies: "attached policies differ",
} as const;

export type Property = keyof typeof PROPERTIES;

/** `the role "operator": permissions boundary differs`. */
export function differenceText(difference: LiveDifference): string {
  const { subject } = difference;
  const what = subject === undefined ? "" : `the ${subject.type} ${quote(subject.name)}`;
  switch (difference.kind) {
    case "missing":
      return `${what} is missing`;
    case "unplanned":
      return `${what} is not in the plan`;
    case "changed":
      return `${what}${what === "" ? "" : ": "}${PROPERTIES[difference.property]}`;
  }
}

/** Where an account differs from its plan; empty means equal. */
export function diffLive(plan: AccountPlan, live: LiveAccount): readonly LiveDifference[] {
  return plan.kind === "user" ? diffUserAccount(plan, live) : diffWorkloadAccount(plan, live);
}

function diffUserAccount(plan: UserAccountPlan, live: LiveAccount): readonly LiveDifference[] {
  const groupsOf = (user: string) =>
    plan.groups.filter(({ members }) => members.includes(user)).map(({ name }) => name);
  return [
    ...different("alias", plan.alias, live.alias),
    ...different("passwordPolicy", plan.passwordPolicy, numbersOf(live.passwordPolicy)),
    ...match("user", plan.users, live.users, (user, found) => diffUser(user, found, groupsOf(user.name))),
    ...match("group", plan.groups, live.groups, diffGroup),
    ...match("policy", plan.policies, live.policies, diffPolicy),
  ];
}

/** Of the rules what the plan says in numbers; the proof holds all of them. */
function numbersOf(rules: LiveAccount["passwordPolicy"]): Partial<UserAccountPlan["passwordPolicy"]> | undefined {
  return rules && { minimumLength: rules.minimumLength ?? 0, reusePrevention: rules.reusePrevention ?? 0 };
}

function diffWorkloadAccount(plan: WorkloadAccountPlan, live: LiveAccount): readonly LiveDifference[] {
  return [
    ...match("role", plan.roles, live.roles, diffRole),
    ...match("policy", plan.policies, live.policies, diffPolicy),
  ];
}

function diffUser(plan: UserPlan, live: LiveUser, groups: readonly string[]): readonly Changed[] {
  return [
    ...different("path", "/", live.path),
    ...different("tags", plan.tags, live.tags),
    ...different("groups", groups, live.groups),
    ...different("boundary", undefined, live.boundary),
    ...diffPolicies(plan.inlinePolicies, [], live),
  ];
}

function diffGroup(plan: GroupPlan, live: LiveGroup): readonly Changed[] {
  return [
    ...different("path", plan.path, live.path),
    ...different("members", plan.members, live.members),
    ...diffPolicies(plan.inlinePolicies, plan.policyArns, live),
  ];
}

function diffRole(plan: RolePlan, live: LiveRole): readonly Changed[] {
  return [
    ...different("path", plan.path, live.path),
    ...different("description", plan.description, live.description),
    ...different("sessionLength", plan.maxSessionSeconds, live.maxSessionSeconds),
    ...different("trust", plan.trust, live.trust),
    ...different("boundary", plan.permissionsBoundaryArn, live.boundary),
    ...different("tags", plan.tags, live.tags),
    ...diffPolicies(plan.inlinePolicies, plan.policyArns, live),
  ];
}

function diffPolicy(plan: ManagedPolicyPlan, live: LivePolicy): readonly Changed[] {
  return [...different("path", plan.path, live.path), ...different("document", plan.document, live.document)];
}

function diffPolicies(
  inline: readonly NamedPolicy[],
  attached: readonly string[],
  live: LivePolicies,
): readonly Changed[] {
  const documents = Object.fromEntries(inline.map(({ name, document }) => [name, document]));
  return [
    ...different("inlinePolicies", documents, live.inline),
    ...different("attachedPolicies", attached, live.attached),
  ];
}

interface Named {
  readonly name: string;
}

function match<P extends Named, L extends Named>(
  type: LiveSubject["type"],
  plans: readonly P[],
  lives: readonly L[],
  diff: (plan: P, live: L) => readonly Changed[],
): readonly LiveDifference[] {
  const planned = plans.flatMap((plan): readonly LiveDifference[] => {
    const subject = { type, name: plan.name };
    const live = lives.find(({ name }) => name === plan.name);
    if (!live) return [{ kind: "missing", subject }];
    return diff(plan, live).map((change) => ({ ...change, subject }));
  });
  const extra = lives
    .filter(({ name }) => !plans.some((plan) => plan.name === name))
    .map(({ name }): LiveDifference => ({ kind: "unplanned", subject: { type, name } }));
  return [...planned, ...extra];
}

type Changed = Extract<LiveDifference, { kind: "changed" }>;

function different(property: Property, planned: unknown, live: unknown): readonly Changed[] {
  return stableJson(planned ?? null) === stableJson(live ?? null) ? [] : [{ kind: "changed", property, planned, live }];
}
