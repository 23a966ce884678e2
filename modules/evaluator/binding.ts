import data from "./data/rcp-services.json";
import type { RequestFacts } from "./facts";
import { and, NO, not, type Truth, truthOf, UNKNOWN } from "./truth";

/**
 * Service control policies bind the users, roles and root user of an account: neither services, nor callers without an account,
 * nor service-linked roles. Source: AWS Organizations User Guide, "Service control policies".
 */
export function scpsBind(facts: RequestFacts): Truth {
  const { kind } = facts.request.principal;
  const isOfAccount = kind === "user" || kind === "role-session" || kind === "root";
  return isOfAccount ? not(isServiceLinked(facts)) : NO;
}

/**
 * Resource control policies speak for some services only, and never for a service-linked role.
 * Source: AWS Organizations User Guide, "Resource control policies"; the services in `data/rcp-services.json`, with their date.
 */
export function rcpsBind(facts: RequestFacts): Truth {
  return and(truthOf(SERVICES.has(facts.service)), not(isServiceLinked(facts)));
}

const SERVICES: ReadonlySet<string> = new Set(data.services);

/** Only a service makes roles at this path. Without the role's ARN the path is not known, and such a role's name begins alike. */
function isServiceLinked({ request: { principal } }: RequestFacts): Truth {
  if (principal.kind !== "role-session") return NO;
  if (principal.roleArn !== undefined)
    return truthOf(/^[^:]*:[^:]*:iam::\d*:role\/aws-service-role\//.test(principal.roleArn));
  return principal.arn.includes(":assumed-role/AWSServiceRoleFor") ? UNKNOWN : NO;
}
