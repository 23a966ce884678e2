import type { Actions } from "./actions";
import type { RequestFacts } from "./facts";
import type { Layer } from "./layer";

/** The actions of a trust policy. Source: AWS STS API Reference; IAM User Guide, "How to use trust policies". */
export const TRUST_ACTIONS: ReadonlySet<string> = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:tagsession",
  "sts:setsourceidentity",
  "sts:setcontext",
]);

/** Calls of STS are about roles, and the policy of a role is its trust policy. */
export function isTrustPolicy({ service }: RequestFacts, layer: Layer): boolean {
  return service === "sts" && layer === "resource";
}

/** Whether IAM takes the actions in a trust policy: those of taking a role, or patterns of STS. */
export function hasTrustAction({ negated, every, exact, patterns }: Actions): boolean {
  if (negated || every) return false;
  return (
    [...exact].every((action) => TRUST_ACTIONS.has(action)) && [...patterns.keys()].every((name) => name === "sts")
  );
}
