import { type CompiledPolicy, mergePolicies } from "./policy";

/** Every policy that may speak about a request, by where it stands. What is absent does not limit; `resource` absent grants nothing. */
export interface Policies {
  /** Of the user and its groups, or of the role. */
  readonly identity: readonly CompiledPolicy[];
  readonly boundary?: CompiledPolicy;
  /** Passed when the session was made; none limits nothing. */
  readonly session?: readonly CompiledPolicy[];
  /** The resource's own: bucket, key or trust policy. */
  readonly resource?: CompiledPolicy;
  /** Of the principal's account: the root's, each organizational unit's and the account's own. Every level must allow. */
  readonly scps?: readonly (readonly CompiledPolicy[])[];
  /** Of the resource's account, the same way; AWS attaches `RCPFullAWSAccess` to every level. */
  readonly rcps?: readonly (readonly CompiledPolicy[])[];
}

/** The same policies with each layer and level as one. */
export function mergeLayers({ identity, boundary, session, resource, scps, rcps }: Policies): Policies {
  const merge = (policies: readonly CompiledPolicy[]): readonly CompiledPolicy[] =>
    policies.length < 2 ? policies : [mergePolicies(policies)];
  return {
    identity: merge(identity),
    ...(boundary ? { boundary } : {}),
    ...(session ? { session: merge(session) } : {}),
    ...(resource ? { resource } : {}),
    ...(scps ? { scps: scps.map(merge) } : {}),
    ...(rcps ? { rcps: rcps.map(merge) } : {}),
  };
}
