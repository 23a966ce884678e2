import { type FreeCall, freeCall } from "./free-calls";
import type { Request } from "./request";

/** A request as evaluation needs it. */
export interface RequestFacts extends AskedAction {
  readonly request: Request;
  readonly limits: Limits;
}

/** What is asked for, worked out once for each action. */
export interface AskedAction {
  /** Whole action in lower case. */
  readonly action: string;
  /** The service's part of the action, in lower case. */
  readonly service: string;
  /** False for a pattern of actions and for what is not an action at all: no policy answers that. */
  readonly isOneAction: boolean;
  /** Absent for what policies decide: nearly everything. */
  readonly free?: FreeCall;
}

/** What else limits the caller, as far as it changes whom a resource's policy means. */
export interface Limits {
  readonly hasSessionPolicy: boolean;
  readonly hasBoundary: boolean;
}

export function askedFor(written: string): AskedAction {
  const action = written.toLowerCase();
  const colon = action.indexOf(":");
  const isOneAction = colon > 0 && !action.includes("*") && !action.includes("?");
  const free = freeCall(action);
  return { action, service: colon < 0 ? "" : action.slice(0, colon), isOneAction, ...(free ? { free } : {}) };
}

export function requestFactsOf(
  request: Request,
  { action, service, isOneAction, free }: AskedAction,
  limits: Limits,
): RequestFacts {
  return { request, action, service, isOneAction, free, limits };
}

/** The caller's account; services, unsigned callers and ARNs without an account have none. */
export function accountOfCaller({ request: { principal } }: RequestFacts): string | undefined {
  const { kind, arn, account } = principal;
  if (kind === "service" || kind === "anonymous" || kind === "federated") return undefined;
  return account ?? accountInArn(arn);
}

export function accountOfResource(facts: RequestFacts): string | undefined {
  const { resource, resourceAccount } = facts.request;
  return resourceAccount ?? accountInArn(resource) ?? accountOfCaller(facts);
}

/** Whether the caller belongs to the resource's account. */
export function isWithinAccount(facts: RequestFacts): boolean {
  const account = accountOfCaller(facts);
  if (account === undefined) return false;
  const { resource, resourceAccount } = facts.request;
  if (resourceAccount !== undefined) return resourceAccount === account;
  const start = startOfAccount(resource);
  return start === 0 || resource.startsWith(account, start);
}

function accountInArn(arn: string): string | undefined {
  const start = startOfAccount(arn);
  return start === 0 ? undefined : arn.slice(start, start + ACCOUNT_CHARS);
}

const ACCOUNT_CHARS = 12;
const COLON = 58;
/** Most ARNs begin so: there the search for colons may start later. */
const USUAL = "arn:aws:";

/** Where what stands between the fourth and the fifth colon begins, when it has the length of an account; else 0. */
function startOfAccount(arn: string): number {
  const isUsual = arn.startsWith(USUAL);
  let start = isUsual ? USUAL.length : 0;
  for (let colons = isUsual ? 2 : 0; colons < 4; colons++) {
    start = arn.indexOf(":", start) + 1;
    if (start === 0) return 0;
  }
  return arn.charCodeAt(start + ACCOUNT_CHARS) === COLON ? start : 0;
}
