import { type AccountRef, policyArn } from "../iam/arn";
import type { Account, Roster, Tier } from "../roster/roster";
import { operatorBoundary } from "../tiers/operator-boundary";
import { builtInPermissions, ownPermissions, type TierPermissions } from "../tiers/tier-permissions";
import { tierTrust } from "../tiers/trust";
import { compareText } from "../text";
import { APPLICATION_PATH, OPERATOR_BOUNDARY, PROTECTED_PATH } from "./names";
import type { ManagedPolicyPlan, RolePlan, WorkloadAccountPlan } from "./plan";

/** An account people work in: one role for each tier, whether or not somebody holds it now, so that a grant is one change. */
export function compileWorkloadAccount(roster: Roster, account: Account): WorkloadAccountPlan {
  const { key, id, partition, environment, region, deployRoleArn, tags } = account;
  return {
    kind: "workload",
    key,
    id,
    partition,
    ...(environment === undefined ? {} : { environment }),
    region,
    deployRoleArn,
    tags,
    roles: roster.tiers.map((tier) => compileRole(roster, account, tier)).sort((a, b) => compareText(a.name, b.name)),
    policies: [boundaryPolicy(account)],
  };
}

function boundaryArn(account: AccountRef): string {
  return policyArn(account, PROTECTED_PATH, OPERATOR_BOUNDARY);
}

function boundaryPolicy(account: AccountRef): ManagedPolicyPlan {
  return {
    name: OPERATOR_BOUNDARY,
    path: PROTECTED_PATH,
    description: "the most operators and the roles of applications may do",
    document: operatorBoundary({
      account,
      boundaryArn: boundaryArn(account),
      applicationPath: APPLICATION_PATH,
    }),
  };
}

function compileRole(roster: Roster, account: Account, tier: Tier): RolePlan {
  const permissions = permissionsOf(account, tier);
  return {
    name: tier.key,
    path: PROTECTED_PATH,
    tier: tier.key,
    description: `${tier.key} in ${account.key}, for people of ${roster.organization}`,
    maxSessionSeconds: tier.sessionSeconds,
    trust: tierTrust(roster.userAccount, tier.mfaAgeSeconds, tier.sessionNames),
    ...(permissions.bounded ? { permissionsBoundaryArn: boundaryArn(account) } : {}),
    inlinePolicies: permissions.inlinePolicies,
    policyArns: permissions.policyArns,
    tags: account.tags,
  };
}

function permissionsOf(account: Account, tier: Tier): TierPermissions {
  const spectatorsReadData = account.spectatorReads === "data";
  const builtIn = tier.builtIn ? builtInPermissions(tier.key, { spectatorsReadData }) : undefined;
  if (builtIn) return builtIn;
  const policyArns = tier.policyArns.map((arn) => arn.replace("{account}", account.id)).sort(compareText);
  return ownPermissions(tier.key, { allow: tier.allow, deny: tier.deny, policyArns });
}
