import type { Facts } from "./facts";
import { allowedBy, type CompiledPolicy, deniedBy } from "./policy";
import type { Policies } from "./policies";
import type { Reach } from "./principals";
import type { Layer } from "./statement";
import { and, every, NO, or, some, type Truth, UNKNOWN, YES } from "./truth";

export type Verdict = "allowed" | "explicitly denied" | "implicitly denied" | "unknown";

/**
 * A denial that surely matches decides alone. Otherwise the request is allowed when it is so whatever the unknown parts
 * turn out to be, denied when it is not allowed in any case, and unknown in between.
 * Source: IAM User Guide, "Policy evaluation logic".
 */
export function decide(facts: Facts, policies: Policies): Verdict {
  const denied = isDenied(facts, policies);
  if (denied === YES) return "explicitly denied";
  const permitted = isPermitted(facts, policies);
  if (permitted === NO) return "implicitly denied";
  return permitted === YES && denied === NO ? "allowed" : "unknown";
}

/** Service control policies bind the users, roles and root user of an account, not services or callers without one. */
export function bindsScps({ request: { principal } }: Facts): boolean {
  return principal.kind === "user" || principal.kind === "role-session" || principal.kind === "root";
}

function isDenied(facts: Facts, { identity, boundary, session, resource, scps, rcps }: Policies): Truth {
  let denied: Truth = NO;
  const ask = (policy: CompiledPolicy, layer: Layer): void => {
    if (denied !== YES) denied = or(denied, deniedBy(policy, facts, layer));
  };
  for (const policy of identity) ask(policy, "identity");
  if (boundary) ask(boundary, "boundary");
  if (session) for (const policy of session) ask(policy, "session");
  if (resource) ask(resource, "resource");
  if (scps && bindsScps(facts)) for (const level of scps) for (const policy of level) ask(policy, "scp");
  if (rcps) for (const level of rcps) for (const policy of level) ask(policy, "rcp");
  return denied;
}

/** Whether enough is allowed, denials aside. */
function isPermitted(facts: Facts, policies: Policies): Truth {
  if (!isAnswerable(facts)) return UNKNOWN;
  if (isRootAssuming(facts)) return NO;
  const { scps, rcps } = policies;
  let permitted: Truth = scps && bindsScps(facts) ? everyLevel(scps, facts, "scp") : YES;
  if (permitted !== NO && rcps) permitted = and(permitted, everyLevel(rcps, facts, "rcp"));
  return permitted === NO ? NO : and(permitted, isGranted(facts, policies));
}

/** A question about one action, not about a pattern of actions. */
export function isAnswerable({ action, service }: Facts): boolean {
  return service !== "" && !action.includes("*") && !action.includes("?");
}

/** The root user cannot assume a role. Source: AWS STS API Reference, "AssumeRole". */
export function isRootAssuming({ action, request }: Facts): boolean {
  return request.principal.kind === "root" && action === "sts:assumerole";
}

/** An organization has at least one level, and a level without policies allows nothing. */
function everyLevel(levels: readonly (readonly CompiledPolicy[])[], facts: Facts, layer: Layer): Truth {
  if (levels.length === 0) return NO;
  return every(levels, (level) => some(level, (policy) => allowedBy(policy, facts, layer, "account")));
}

/** Within one account either side may grant; across accounts both must. */
function isGranted(facts: Facts, policies: Policies): Truth {
  const { kind } = facts.request.principal;
  if (kind === "service" || kind === "anonymous" || kind === "federated") return byResource(facts, policies, "account");
  if (facts.principalAccount === undefined || facts.principalAccount !== facts.resourceAccount) {
    const there = byResource(facts, policies, "account");
    return there === NO ? NO : and(there, byIdentity(facts, policies));
  }
  return grantedWithin(facts, policies);
}

/** What a boundary and session policies leave of a resource's grant depends on whom the resource's policy names. */
function grantedWithin(facts: Facts, policies: Policies): Truth {
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
function byIdentity(facts: Facts, policies: Policies): Truth {
  const own =
    facts.request.principal.kind === "root"
      ? YES
      : some(policies.identity, (policy) => allowedBy(policy, facts, "identity", "account"));
  return own === NO ? NO : and(own, withinLimits(facts, policies));
}

function withinLimits(facts: Facts, { boundary, session }: Policies): Truth {
  const bounded = boundary ? allowedBy(boundary, facts, "boundary", "account") : YES;
  if (bounded === NO || !session || session.length === 0) return bounded;
  return and(
    bounded,
    some(session, (policy) => allowedBy(policy, facts, "session", "account")),
  );
}

function byResource(facts: Facts, { resource }: Policies, reach: Reach): Truth {
  return resource ? allowedBy(resource, facts, "resource", reach) : NO;
}

const TRUST_ACTIONS = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:tagsession",
  "sts:setsourceidentity",
  "sts:setcontext",
]);

/**
 * Roles and keys do nothing that their own policy does not allow.
 * Source: IAM User Guide, "Policy evaluation for requests within a single account"; AWS KMS Developer Guide, "Key policies in AWS KMS".
 */
export function needsResourcePolicy({ action, service, request }: Facts): boolean {
  return TRUST_ACTIONS.has(action) || (service === "kms" && request.resource.includes(":key/"));
}
