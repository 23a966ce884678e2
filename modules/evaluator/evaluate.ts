import { decide, type Verdict } from "./decide";
import { type Deciding, explainVerdict } from "./explain";
import { askedFor, requestFactsOf } from "./facts";
import { policyLimitsOf, type Policies } from "./policies";
import type { Request } from "./request";

export type { Deciding } from "./explain";
export type { Policies } from "./policies";
export type { Principal, Request } from "./request";
export type { Verdict } from "./decide";
export { prepare } from "./prepare";

/**
 * IAM's verdict on one request, with the statements that decide it. Offline, pure, deterministic; the policies are standard
 * IAM JSON, compiled once by `compilePolicy` (`missingPolicy` is for a text that is not available) and used for any number
 * of requests. `verdictOf` gives only the verdict; `prepare` is the fastest for many requests against the same policies.
 *
 * ```ts
 * const own = compilePolicy("assume", { Version: "2012-10-17", Statement: [{
 *   Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::222222222222:role/tier/operator" }] });
 * const trust = compilePolicy("trust", { Version: "2012-10-17", Statement: [{
 *   Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole",
 *   Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }] });
 * const request = {
 *   principal: { kind: "user", arn: "arn:aws:iam::111111111111:user/people/ann" },
 *   action: "sts:AssumeRole",
 *   resource: "arn:aws:iam::222222222222:role/tier/operator",
 * } as const;
 *
 * evaluate(request, { identity: [own], resource: trust }).verdict; // "implicitly denied": no MFA
 * evaluate({ ...request, context: { "aws:MultiFactorAuthPresent": "true" } }, { identity: [own], resource: trust }).verdict; // "allowed"
 * ```
 *
 * Policies: user and group policies, boundary, session policies, the resource's policy, the VPC endpoint's, service and
 * resource control policies. `unknown` means that a part that could not be understood (see `compilePolicy`), a key that AWS
 * sends and the context does not tell (`aws:CurrentTime`, `aws:SourceIp`; an empty list tells that it is absent), several
 * values without a set operator, or something that the request `passes` and no policy here expresses (a KMS grant, an access
 * control list, Block Public Access) could change the verdict.
 * Not modelled: GetFederationToken sessions named by their own ARN, dependent actions of a call.
 */
export function evaluate(request: Request, policies: Policies): Decision {
  const facts = requestFactsOf(request, askedFor(request.action), policyLimitsOf(policies));
  const verdict = decide(facts, policies);
  return { verdict, deciding: explainVerdict(verdict, facts, policies) };
}

export interface Decision {
  readonly verdict: Verdict;
  /** The statements that decide, or what is missing, in the order of the layers. */
  readonly deciding: readonly Deciding[];
}

/** Only the verdict: the same as `evaluate(...).verdict`, many times faster. */
export function verdictOf(request: Request, policies: Policies): Verdict {
  return decide(requestFactsOf(request, askedFor(request.action), policyLimitsOf(policies)), policies);
}
