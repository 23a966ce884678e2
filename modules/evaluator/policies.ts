import type { Limits } from "./facts";
import type { CompiledPolicy } from "./policy";

/** Every policy that may speak about a request, by where it is. What is absent does not limit; `resource` absent grants nothing. */
export interface Policies {
  /** Of the user and its groups, or of the role. */
  readonly identity: readonly CompiledPolicy[];
  readonly boundary?: CompiledPolicy;
  /** Passed when the session was made; none limits nothing. */
  readonly session?: readonly CompiledPolicy[];
  /** The resource's own: bucket, key or trust policy. */
  readonly resource?: CompiledPolicy;
  /** Of the VPC endpoint that the request passes. */
  readonly endpoint?: CompiledPolicy;
  /** Of the principal's account: the root's, each organizational unit's and the account's own. Every level must allow. */
  readonly scps?: readonly (readonly CompiledPolicy[])[];
  /** Of the resource's account, the same way; AWS attaches `RCPFullAWSAccess` to every level. */
  readonly rcps?: readonly (readonly CompiledPolicy[])[];
}

export function policyLimitsOf({ session, boundary }: Policies): Limits {
  return { hasSessionPolicy: session !== undefined && session.length > 0, hasBoundary: boundary !== undefined };
}

/** The same policies, with the list of each layer and level turned into another. */
export function mapLayers(
  { identity, boundary, session, resource, endpoint, scps, rcps }: Policies,
  map: (policies: readonly CompiledPolicy[]) => readonly CompiledPolicy[],
): Policies {
  const [limit] = boundary ? map([boundary]) : [];
  const [own] = resource ? map([resource]) : [];
  const [passed] = endpoint ? map([endpoint]) : [];
  return {
    identity: map(identity),
    ...(limit ? { boundary: limit } : {}),
    ...(session ? { session: map(session) } : {}),
    ...(own ? { resource: own } : {}),
    ...(passed ? { endpoint: passed } : {}),
    ...(scps ? { scps: scps.map(map) } : {}),
    ...(rcps ? { rcps: rcps.map(map) } : {}),
  };
}
