import type { Finding, Place } from "../finding";
import { documentChars, type NamedPolicy } from "../iam/policy-document";
import { QUOTAS } from "../iam/quotas";
import type { Roster } from "../roster/roster";
import { quote } from "../text";
import { teamGroupName } from "./names";
import type { AccountPlan, RolePlan, UserAccountPlan, WorkloadAccountPlan } from "./plan";

/** Every IAM quota the compiled accounts would break, at the roster's line that causes it. */
export function checkQuotas(roster: Roster, accounts: readonly AccountPlan[]): readonly Finding[] {
  return accounts.flatMap((account) =>
    account.kind === "user" ? checkUserAccount(roster, account) : checkWorkloadAccount(roster, account),
  );
}

function checkUserAccount(roster: Roster, account: UserAccountPlan): readonly Finding[] {
  const people = roster.people.flatMap((person) => {
    const user = account.users.find(({ name }) => name === person.key);
    const chars = inlineChars(user?.inlinePolicies ?? []);
    const message = `the own grants of ${quote(person.key)} take ${chars} characters, and IAM allows ${QUOTAS.userInlineChars} for a user; move some into a team`;
    return chars > QUOTAS.userInlineChars ? [quotaFinding(person.place, message)] : [];
  });
  const teams = roster.teams.flatMap((team) => {
    const group = account.groups.find(({ name }) => name === teamGroupName(team.key));
    const count = group?.policyArns.length ?? 0;
    const message = `the grants of the team ${quote(team.key)} need ${count} managed policies, and IAM allows ${QUOTAS.managedPoliciesPerGroup} for a group; split the team`;
    return count > QUOTAS.managedPoliciesPerGroup ? [quotaFinding(team.place, message)] : [];
  });
  return [...people, ...teams];
}

function checkWorkloadAccount(roster: Roster, account: WorkloadAccountPlan): readonly Finding[] {
  return [...checkManagedPolicies(roster, account), ...account.roles.flatMap((role) => checkRole(roster, role))];
}

/** The boundary is the same for every roster, so this speaks of Rolecall itself; better here than as an apply error. */
function checkManagedPolicies(roster: Roster, { key, policies }: WorkloadAccountPlan): readonly Finding[] {
  const place = roster.accounts.find((account) => account.key === key)?.place ?? roster.userAccount.place;
  return policies.flatMap(({ name, document }) => {
    const chars = documentChars(document);
    const message = `the policy ${quote(name)} takes ${chars} characters, and IAM allows ${QUOTAS.managedPolicyChars}`;
    return chars > QUOTAS.managedPolicyChars ? [quotaFinding(place, message)] : [];
  });
}

function checkRole(roster: Roster, role: RolePlan): readonly Finding[] {
  const place = roster.tiers.find(({ key }) => key === role.tier)?.place ?? roster.userAccount.place;
  const found: Finding[] = [];
  const chars = inlineChars(role.inlinePolicies);
  if (chars > QUOTAS.roleInlineChars) {
    found.push(
      quotaFinding(
        place,
        `the role ${quote(role.name)} takes ${chars} characters, and IAM allows ${QUOTAS.roleInlineChars}`,
      ),
    );
  }
  const trust = documentChars(role.trust);
  if (trust > QUOTAS.trustPolicyChars) {
    const message = `the trust of ${role.tier} takes ${trust} characters, and IAM allows ${QUOTAS.trustPolicyChars}; give it fewer sessionNames`;
    found.push(quotaFinding(place, message));
  }
  if (role.policyArns.length > QUOTAS.managedPoliciesPerRole) {
    const message = `the tier ${quote(role.tier)} attaches ${role.policyArns.length} policies, and IAM allows ${QUOTAS.managedPoliciesPerRole} for a role`;
    found.push(quotaFinding(place, message));
  }
  return found;
}

function inlineChars(policies: readonly NamedPolicy[]): number {
  return policies.reduce((sum, { document }) => sum + documentChars(document), 0);
}

function quotaFinding(place: Place, message: string): Finding {
  return { code: "iam-quota", severity: "error", place, message };
}
