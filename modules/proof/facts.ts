import type { Request } from "./request";

/** A request as evaluation needs it. */
export interface Facts {
  readonly request: Request;
  /** Whole action in lower case. */
  readonly action: string;
  /** The service's part of the action, in lower case. */
  readonly service: string;
  readonly limits: Limits;
}

/** What else limits the caller, as far as it changes whom a resource's policy means. */
export interface Limits {
  readonly hasSessionPolicy: boolean;
  readonly hasBoundary: boolean;
}

export function factsOf(request: Request, limits: Limits): Facts {
  const action = request.action.toLowerCase();
  const colon = action.indexOf(":");
  return { request, action, service: colon < 0 ? "" : action.slice(0, colon), limits };
}

/** The caller's account; services, unsigned callers and ARNs without an account have none. */
export function accountOfCaller({ request: { principal } }: Facts): string | undefined {
  const { kind, arn, account } = principal;
  if (kind === "service" || kind === "anonymous" || kind === "federated") return undefined;
  return account ?? accountInArn(arn);
}

export function accountOfResource(facts: Facts): string | undefined {
  const { resource, resourceAccount } = facts.request;
  return resourceAccount ?? accountInArn(resource) ?? accountOfCaller(facts);
}

export function isWithinAccount(facts: Facts): boolean {
  const account = accountOfCaller(facts);
  return account !== undefined && account === accountOfResource(facts);
}

const ACCOUNT_CHARS = 12;
/** Where the account begins in most ARNs that are asked for; the others are searched. */
const USUAL = ["arn:aws:iam::", "arn:aws:sts::"] as const;

/** What stands between the fourth and the fifth colon, when it has the length of an account. */
function accountInArn(arn: string): string | undefined {
  const start = arn.startsWith(USUAL[0]) || arn.startsWith(USUAL[1]) ? USUAL[0].length : startOfAccount(arn);
  const end = start + ACCOUNT_CHARS;
  return start > 0 && arn.charCodeAt(end) === COLON ? arn.slice(start, end) : undefined;
}

const COLON = 58;

/** 0 for text without four colons. */
function startOfAccount(arn: string): number {
  let start = 0;
  for (let colons = 0; colons < 4; colons++) {
    start = arn.indexOf(":", start) + 1;
    if (start === 0) return 0;
  }
  return start;
}
