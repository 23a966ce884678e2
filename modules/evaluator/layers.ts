import { NO } from "./truth";
import { rcpsBind, scpsBind } from "./binding";
import { needsResourcePolicy } from "./decide";
import { type RequestFacts, isWithinAccount } from "./facts";
import type { Policies } from "./policies";
import type { CompiledPolicy } from "./policy";
import type { Layer } from "./layer";

/** One layer, or one level of a chain, as an explanation tells it. */
export interface LayerView {
  readonly layer: Layer;
  readonly policies: readonly CompiledPolicy[];
  /** True when the request fails unless this layer allows it. */
  readonly isNeeded: boolean;
  /** Subject of "allows" when nothing does. */
  readonly label: string;
}

/** The layers that speak about a request, in the order in which IAM tells them. */
export function layersOf(facts: RequestFacts, policies: Policies): readonly LayerView[] {
  const { boundary, session, resource, endpoint, scps, rcps } = policies;
  return [
    ...(scps && scpsBind(facts) !== NO ? chain("scp", scps, "service control") : []),
    ...(rcps && rcpsBind(facts) !== NO ? chain("rcp", rcps, "resource control") : []),
    ...(endpoint ? [limit("endpoint", [endpoint], "the policy of the VPC endpoint never")] : []),
    {
      layer: "resource",
      policies: resource ? [resource] : [],
      isNeeded: needsResource(facts),
      label: "no policy of the resource",
    },
    {
      layer: "identity",
      policies: policies.identity,
      isNeeded: needsIdentity(facts),
      label: "no policy of the principal",
    },
    ...(boundary ? [limit("boundary", [boundary], "the boundary never")] : []),
    ...(session && session.length > 0 ? [limit("session", session, "no session policy")] : []),
  ];
}

function chain(layer: Layer, levels: readonly (readonly CompiledPolicy[])[], kind: string): readonly LayerView[] {
  if (levels.length === 0) return [limit(layer, [], `no level of ${kind} policies`)];
  return levels.map((level, at) => limit(layer, level, `no ${kind} policy on level ${at + 1}`));
}

function limit(layer: Layer, policies: readonly CompiledPolicy[], label: string): LayerView {
  return { layer, policies, isNeeded: true, label };
}

function needsResource(facts: RequestFacts): boolean {
  return !isWithinAccount(facts) || needsResourcePolicy(facts);
}

function needsIdentity({ request: { principal } }: RequestFacts): boolean {
  return principal.kind === "user" || principal.kind === "role-session";
}
