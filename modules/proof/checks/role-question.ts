import { accountOf, accountPrincipal, sessionArn } from "../../iam/arn";
import type { ClaimedRole } from "../claims";
import { type Decision, evaluate, type Policies, prepare, type Request, type Verdict } from "../../evaluator/evaluate";
import type { PromisedRequest } from "../promises/promises";
import type { Breach } from "./breach";
import { compilePolicy } from "../../evaluator/policy";
import type { CompiledRole } from "./compiled-account";
import { contextAt, isoOf, LONG_TERM_KEYS } from "./moments";

const EVERYTHING = compilePolicy("a policy that allows everything", {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

/** Asks what a session of one tier role may do: its context has no MFA keys, as AWS hands them on to nobody. */
export class RoleQuestion {
  private readonly policies: Policies;
  private readonly assuming: Policies;
  private readonly verdict: (request: Request) => Verdict;
  private readonly assumes: (request: Request) => Verdict;
  private attached: ((request: Request) => Verdict) | undefined;
  private readonly context: Readonly<Record<string, string>>;
  questions = 0;

  constructor(
    readonly role: ClaimedRole,
    live: CompiledRole,
    now: number,
  ) {
    // The most generous trust a role of the account can have: only the session's own policies can keep it away.
    const trust = compilePolicy("a trust of the whole account", {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: accountPrincipal(accountOf(role)) }, Action: "sts:*" },
    });
    this.policies = live.policies;
    this.assuming = { ...live.policies, resource: trust };
    this.verdict = prepare(this.policies);
    this.assumes = prepare(this.assuming);
    this.context = contextAt(isoOf(now), LONG_TERM_KEYS);
  }

  ask(action: string, resource: string, context?: PromisedRequest["context"]): Verdict {
    this.questions++;
    const request = this.request(action, resource, context);
    return isAssuming(action) ? this.assumes(request) : this.verdict(request);
  }

  /** As `ask`, if somebody attached a policy that allows everything: only a denial or the boundary still holds. */
  askIfEverythingWereAttached(action: string, resource: string): Verdict {
    this.questions++;
    this.attached ??= prepare({ ...this.policies, identity: [...this.policies.identity, EVERYTHING] });
    return this.attached(this.request(action, resource));
  }

  /** The verdict with the statements that decide it. */
  decide(
    action: string,
    resource: string,
    { context, isSample }: Pick<PromisedRequest, "context"> & Pick<Request, "isSample"> = {},
  ): Decision {
    const request = { ...this.request(action, resource, context), isSample };
    return evaluate(request, isAssuming(action) ? this.assuming : this.policies);
  }

  /** One action on one resource that does not have the verdict it should have. */
  breach(claim: string, { action, resource, context }: PromisedRequest, text: string, cure: string): Breach {
    const { tier, account } = this.role;
    const message = `${tier} in ${account} ${text}: ${action} on ${resource}`;
    return { claim, account, message, ...this.decide(action, resource, { context }), cure };
  }

  private request(action: string, resource: string, context?: PromisedRequest["context"]): Request {
    const { tier, arn, accountId } = this.role;
    return {
      principal: {
        kind: "role-session",
        arn: sessionArn(accountOf(this.role), tier, "person"),
        roleArn: arn,
        account: accountId,
      },
      action,
      resource,
      resourceAccount: accountId,
      context: context ? { ...this.context, ...context } : this.context,
    };
  }
}

/** Calls that the trust of the role they are about must allow as well. */
function isAssuming(action: string): boolean {
  return /^sts:(AssumeRole|TagSession|SetSourceIdentity|SetContext)/i.test(action);
}
