import type { Catalogue } from "../iam/catalogue";
import { API_CALLS, type ApiCalls } from "../iam/api-calls";
import { isDecidedByToken, whyByFederation } from "../evaluator/free-calls";
import { didYouMean, quote } from "../text";

/** What the name that a person asks about means. */
type Meant =
  /** All of these are needed; `note` where the name is not an action itself. */
  | { readonly kind: "actions"; readonly actions: readonly string[]; readonly note?: string }
  /** Nobody's policies are asked. */
  | { readonly kind: "free"; readonly why: string }
  | { readonly kind: "unanswerable"; readonly why: string };

/** The actions that a call of this name is authorized as, or why they are not known. */
export function meantBy(name: string, catalogue: Catalogue, calls: ApiCalls = API_CALLS): Meant {
  if (isDecidedByToken(name))
    return { kind: "free", why: "IAM is not asked, and a token that comes with the call decides" };
  const federated = whyByFederation(name);
  if (federated !== undefined)
    return {
      kind: "unanswerable",
      why: `${name} is not a person's own call: ${federated}; rolecall audit reports who gets in`,
    };
  const actions = new Map(catalogue.actions.map((each) => [each.name.toLowerCase(), each.name]));
  if (actions.has(name.toLowerCase())) return { kind: "actions", actions: [name] };
  const own = calls.withPolicyPrefix(name);
  const call = calls.find(name) ?? calls.find(own);
  const as = (all: readonly string[]) =>
    `${name} is an API call; IAM authorizes it as ${all.join(" and ")} (calls of ${calls.date})`;
  switch (call?.kind) {
    case "actions":
      return { kind: "actions", actions: call.actions, note: as(call.actions) };
    case "depends":
      return {
        kind: "unanswerable",
        why: `${name} asks for ${call.actions.join(", ")}, depending on its parameters (calls of ${calls.date}); ask about those`,
      };
    case "undocumented":
      return {
        kind: "unanswerable",
        why: `${name} is an API call that the action catalogue of ${catalogue.date} does not have: ${call.why} (calls of ${calls.date})`,
      };
  }
  const action = actions.get(own.toLowerCase());
  if (action !== undefined) return { kind: "actions", actions: [action], note: as([action]) };
  const sources = `AWS's action catalogue of ${catalogue.date} nor the calls of ${calls.date}`;
  return { kind: "unanswerable", why: unknownAction(name, own, [...actions.values()], sources) };
}

/** It may be a slip, a call under another name, or newer than what is here. */
function unknownAction(name: string, own: string, actions: readonly string[], sources: string): string {
  const what = `unknown action ${quote(name)}`;
  if (!/^[^:]+:[^:]+$/.test(name)) return `${what}; write it as service:Action`;
  const service = own.slice(0, own.indexOf(":") + 1).toLowerCase();
  const near = actions.filter((each) => each.toLowerCase().startsWith(service));
  return `${what}: neither ${sources} have it${didYouMean(own, near) || "; it may be newer, or a call with another name than its action"}`;
}
