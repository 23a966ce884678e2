import { policyArn } from "../iam/arn";
import { policyDocument } from "../iam/policy-document";
import { QUOTAS } from "../iam/quotas";
import type { Person, Roster, Team } from "../roster/roster";
import { isCurrent } from "../roster/ways";
import { selfService } from "../tiers/self-service";
import { compareText } from "../text";
import { assumeRoleStatements } from "./grants";
import { PEOPLE_GROUP, PROTECTED_PATH, teamGroupName, teamPolicyName } from "./names";
import { packStatements } from "./packing";
import type { GroupPlan, ManagedPolicyPlan, UserAccountPlan, UserPlan } from "./plan";

/**
 * AWS Foundations Benchmark's numbers (CIS 1.8, 1.9): 14 characters, 24 passwords remembered. No forced expiry, after
 * NIST SP 800-63B.
 */
const PASSWORD_POLICY = { minimumLength: 14, reusePrevention: 24 } as const;

/** The account people enter through: users, groups, and what each group and person may assume. */
export function compileUserAccount(roster: Roster, now: Date): UserAccountPlan {
  const { key, id, partition, alias, region, deployRoleArn, tags } = roster.userAccount;
  const teams = roster.teams.map((team) => compileTeam(roster, team));
  return {
    kind: "user",
    key,
    id,
    partition,
    ...(alias === undefined ? {} : { alias }),
    region,
    deployRoleArn,
    tags,
    passwordPolicy: PASSWORD_POLICY,
    users: roster.people.map((person) => compilePerson(roster, person, now)),
    groups: [peopleGroup(roster), ...teams.map(({ group }) => group)].sort((a, b) => compareText(a.name, b.name)),
    policies: teams.flatMap(({ policies }) => policies).sort((a, b) => compareText(a.name, b.name)),
  };
}

function compilePerson(roster: Roster, person: Person, now: Date): UserPlan {
  const grants = person.grants.filter((grant) => isCurrent(grant, now));
  const document = policyDocument(...assumeRoleStatements(roster, grants));
  return {
    name: person.key,
    tags: { ...roster.userAccount.tags, ...person.tags },
    inlinePolicies: grants.length === 0 ? [] : [{ name: "grants", document }],
  };
}

function peopleGroup(roster: Roster): GroupPlan {
  return {
    name: PEOPLE_GROUP,
    path: PROTECTED_PATH,
    members: roster.people.map(({ key }) => key),
    inlinePolicies: [{ name: "self-service", document: selfService(roster.userAccount) }],
    policyArns: [],
  };
}

interface CompiledTeam {
  readonly group: GroupPlan;
  readonly policies: readonly ManagedPolicyPlan[];
}

/** Inline while it fits; beyond that in managed policies, numbered. */
function compileTeam(roster: Roster, team: Team): CompiledTeam {
  const statements = assumeRoleStatements(roster, team.grants);
  const inline = packStatements(statements, QUOTAS.groupInlineChars);
  const fits = inline.length <= 1;
  const policies = fits ? [] : managedPolicies(team, packStatements(statements, QUOTAS.managedPolicyChars));
  const group: GroupPlan = {
    name: teamGroupName(team.key),
    path: PROTECTED_PATH,
    members: roster.people.filter(({ teams }) => teams.includes(team.key)).map(({ key }) => key),
    inlinePolicies: fits ? inline.map((document) => ({ name: "access", document })) : [],
    policyArns: policies.map(({ path, name }) => policyArn(roster.userAccount, path, name)),
  };
  return { group, policies };
}

function managedPolicies(team: Team, documents: ReturnType<typeof packStatements>): readonly ManagedPolicyPlan[] {
  return documents.map((document, index) => ({
    name: teamPolicyName(team.key, index + 1),
    path: PROTECTED_PATH,
    description: `roles the team ${team.key} may assume, part ${index + 1}`,
    document,
  }));
}
