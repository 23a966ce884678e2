import { decide, type Verdict } from "./decide";
import { type AskedAction, askedFor, requestFactsOf } from "./facts";
import { policyLimitsOf, mapLayers, type Policies } from "./policies";
import { type CompiledPolicy, forAction, mergePolicies, signature } from "./policy";
import type { Request } from "./request";

/** An action with the policies cut down to the statements that may mean it. */
interface Ready {
  readonly asked: AskedAction;
  readonly policies: Policies;
}

/**
 * `verdictOf` for many requests against the same policies: each layer is one policy, and what its statements say of an action
 * is worked out when that action is first asked for. Actions that mean the same statements share one cut.
 */
export function prepare(policies: Policies): (request: Request) => Verdict {
  const merged = mapLayers(policies, (layer) => (layer.length < 2 ? layer : [mergePolicies(layer)]));
  const limits = policyLimitsOf(policies);
  const cuts = new Map<string, Policies>();
  const actions = new Map<string, Ready>();
  const readyFor = (action: string): Ready => {
    const asked = askedFor(action);
    const key = signatureOf(merged, asked);
    const cut = cuts.get(key) ?? mapLayers(merged, (layer) => layer.map((policy) => forAction(policy, asked)));
    cuts.set(key, cut);
    const ready = { asked, policies: cut };
    actions.set(action, ready);
    return ready;
  };
  return (request) => {
    const { asked, policies: cut } = actions.get(request.action) ?? readyFor(request.action);
    return decide(requestFactsOf(request, asked, limits), cut);
  };
}

function signatureOf(policies: Policies, asked: AskedAction): string {
  const signs: string[] = [];
  mapLayers(policies, (layer: readonly CompiledPolicy[]) => {
    signs.push(...layer.map((policy) => signature(policy, asked)));
    return layer;
  });
  return signs.join(" ");
}
