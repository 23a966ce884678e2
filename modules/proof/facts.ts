import type { Principal, Request } from "./request";

/** A request as evaluation needs it, worked out once. */
export interface Facts {
  readonly request: Request;
  /** Whole action in lower case. */
  readonly action: string;
  /** The service's part of the action, in lower case. */
  readonly service: string;
  /** Absent for services, unsigned callers and ARNs without an account. */
  readonly principalAccount: string | undefined;
  readonly resourceAccount: string | undefined;
  /** True when session policies limit this session. */
  readonly hasSessionPolicy: boolean;
}

export function factsOf(request: Request, hasSessionPolicy: boolean): Facts {
  const action = request.action.toLowerCase();
  const principalAccount = accountOf(request.principal);
  return {
    request,
    action,
    service: action.slice(0, Math.max(0, action.indexOf(":"))),
    principalAccount,
    resourceAccount: request.resourceAccount ?? accountInArn(request.resource) ?? principalAccount,
    hasSessionPolicy,
  };
}

function accountOf({ kind, arn, account }: Principal): string | undefined {
  if (kind === "service" || kind === "anonymous" || kind === "federated") return undefined;
  return account ?? accountInArn(arn);
}

/** The twelve characters between the fourth and the fifth colon; a shorter or longer account is none. */
export function accountInArn(arn: string): string | undefined {
  let start = 0;
  for (let colons = 0; colons < 4; colons++) {
    start = arn.indexOf(":", start) + 1;
    if (start === 0) return undefined;
  }
  return arn.charCodeAt(start + 12) === COLON && arn.indexOf(":", start) === start + 12
    ? arn.slice(start, start + 12)
    : undefined;
}

const COLON = 58;
