import { rcpsBind, scpsBind } from "./binding";
import { type RequestFacts, isWithinAccount } from "./facts";
import type { FreeCall } from "./free-calls";
import { allowedBy, allowedByOne, type CompiledPolicy, deniedByOne } from "./policy";
import type { Policies } from "./policies";
import type { Reach } from "./principals";
import type { Layer } from "./layer";
import type { Passage } from "./request";
import { TRUST_ACTIONS } from "./trust";
import { and, NO, not, or, type Truth, UNKNOWN, YES } from "./truth";

export type Verdict = "allowed" | "explicitly denied" | "implicitly denied" | "unknown";

/**
 * A denial that surely matches decides alone. Otherwise the request is allowed when it is so whatever the unknown parts
 * turn out to be, denied when it is not allowed in any case, and unknown in between.
 * Source: IAM User Guide, "Policy evaluation logic".
 */
export function decide(facts: RequestFacts, policies: Policies): Verdict {
  if (facts.free) return decideFree(facts, facts.free, policies);
  const denied = isDenied(facts, policies);
  if (denied === YES) return "explicitly denied";
  if (unexpressed(facts, policies) !== undefined) return "unknown";
  const permitted = isPermitted(facts, policies);
  if (permitted === NO) return "implicitly denied";
  return permitted === YES && denied === NO ? "allowed" : "unknown";
}

/** Calls that no policy decides. Source: `data/calls.json`. */
function decideFree(facts: RequestFacts, { kind }: FreeCall, policies: Policies): Verdict {
  if (kind === "always") return facts.request.principal.kind === "anonymous" ? "implicitly denied" : "allowed";
  if (!hasOwnCredentials(facts)) return "implicitly denied";
  return isDenied(facts, policies) === NO ? "allowed" : "unknown";
}

/** Users and root; a role, a service and whoever is not signed in have none. */
export function hasOwnCredentials({ request: { principal } }: RequestFacts): boolean {
  return principal.kind === "user" || principal.kind === "root";
}

/** The first thing the request passes of which the policies at hand say nothing. */
export function unexpressed({ request }: RequestFacts, { endpoint }: Policies): Passage | undefined {
  return request.passes?.find((passage) => passage !== "VPC endpoint" || endpoint === undefined);
}

function isDenied(
  facts: RequestFacts,
  { identity, boundary, session, resource, endpoint, scps, rcps }: Policies,
): Truth {
  let denied = deniedByOne(identity, facts, "identity");
  if (boundary && denied !== YES) denied = or(denied, deniedByOne([boundary], facts, "boundary"));
  if (session && denied !== YES) denied = or(denied, deniedByOne(session, facts, "session"));
  if (resource && denied !== YES) denied = or(denied, deniedByOne([resource], facts, "resource"));
  if (endpoint && denied !== YES) denied = or(denied, deniedByOne([endpoint], facts, "endpoint"));
  if (scps && denied !== YES) denied = or(denied, and(scpsBind(facts), deniedOnLevel(scps, facts, "scp")));
  if (rcps && denied !== YES) denied = or(denied, and(rcpsBind(facts), deniedOnLevel(rcps, facts, "rcp")));
  return denied;
}

function deniedOnLevel(levels: readonly (readonly CompiledPolicy[])[], facts: RequestFacts, layer: Layer): Truth {
  let denied: Truth = NO;
  for (const level of levels) {
    if (denied !== YES) denied = or(denied, deniedByOne(level, facts, layer));
  }
  return denied;
}

/** Whether enough is allowed, denials aside. */
function isPermitted(facts: RequestFacts, policies: Policies): Truth {
  if (!facts.isOneAction) return UNKNOWN;
  if (isRootAssuming(facts)) return NO;
  const { scps, rcps, endpoint } = policies;
  let permitted: Truth = scps ? or(not(scpsBind(facts)), everyLevel(scps, facts, "scp")) : YES;
  if (permitted !== NO && rcps) permitted = and(permitted, or(not(rcpsBind(facts)), everyLevel(rcps, facts, "rcp")));
  if (permitted !== NO && endpoint) permitted = and(permitted, allowedBy(endpoint, facts, "endpoint", "account"));
  return permitted === NO ? NO : and(permitted, isGranted(facts, policies));
}

/** The root user cannot assume a role. Source: AWS STS API Reference, "AssumeRole". */
export function isRootAssuming({ action, request }: RequestFacts): boolean {
  return request.principal.kind === "root" && action === "sts:assumerole";
}

/** An organization has at least one level, and a level without policies allows nothing. */
function everyLevel(levels: readonly (readonly CompiledPolicy[])[], facts: RequestFacts, layer: Layer): Truth {
  let permitted: Truth = levels.length === 0 ? NO : YES;
  for (const level of levels) {
    if (permitted !== NO) permitted = and(permitted, allowedByOne(level, facts, layer));
  }
  return permitted;
}

/** Within one account either side may grant; across accounts both must. */
function isGranted(facts: RequestFacts, policies: Policies): Truth {
  const { kind } = facts.request.principal;
  if (kind === "service" || kind === "anonymous" || kind === "federated") return byResource(facts, policies, "account");
  if (isWithinAccount(facts)) return grantedWithin(facts, policies);
  const there = byResource(facts, policies, "account");
  return there === NO ? NO : and(there, byIdentity(facts, policies));
}

/** What a boundary and session policies leave of a resource's grant depends on whom the resource's policy names. */
function grantedWithin(facts: RequestFacts, policies: Policies): Truth {
  const owned = byIdentity(facts, policies);
  const mustTrust = needsResourcePolicy(facts);
  if (owned === YES && !mustTrust) return YES;
  const direct = byResource(facts, policies, "caller");
  if (direct === YES || !policies.resource) return mustTrust ? direct : or(owned, direct);
  const throughRole = and(byResource(facts, policies, "role"), withinLimits(facts, policies));
  const own = mustTrust ? and(owned, byResource(facts, policies, "account")) : owned;
  return or(direct, or(throughRole, own));
}

/** The principal's own policies within its limits. The root user may do everything in its account. */
function byIdentity(facts: RequestFacts, policies: Policies): Truth {
  const isRoot = facts.request.principal.kind === "root";
  const own = isRoot ? YES : allowedByOne(policies.identity, facts, "identity");
  return own === NO ? NO : and(own, withinLimits(facts, policies));
}

function withinLimits(facts: RequestFacts, { boundary, session }: Policies): Truth {
  const bounded = boundary ? allowedBy(boundary, facts, "boundary", "account") : YES;
  if (bounded === NO || !session || session.length === 0) return bounded;
  return and(bounded, allowedByOne(session, facts, "session"));
}

function byResource(facts: RequestFacts, { resource }: Policies, reach: Reach): Truth {
  return resource ? allowedBy(resource, facts, "resource", reach) : NO;
}

/**
 * Roles and keys do nothing that their own policy does not allow.
 * Source: IAM User Guide, "Policy evaluation for requests within a single account"; AWS KMS Developer Guide, "Key policies in AWS KMS".
 */
export function needsResourcePolicy({ action, service, request }: RequestFacts): boolean {
  return (service === "sts" && TRUST_ACTIONS.has(action)) || (service === "kms" && request.resource.includes(":key/"));
}
