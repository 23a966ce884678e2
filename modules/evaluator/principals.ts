import { accountOfCaller, type RequestFacts } from "./facts";
import { NO, not, type Truth, UNKNOWN, YES } from "./truth";

/** `Principal` or `NotPrincipal`. */
export interface Principals {
  readonly negated: boolean;
  readonly problems: readonly string[];
  /** Those for which AWS refuses the document. */
  readonly refused: readonly string[];
  /** True for `"*"` itself, of which `everyone` is one writing. */
  readonly star: boolean;
  /** True where a canonical user of S3 is named. */
  readonly canonical: boolean;
  readonly everyone: boolean;
  /** Twelve digits each. */
  readonly accounts: ReadonlySet<string>;
  /** Users, roles and sessions. */
  readonly arns: ReadonlySet<string>;
  /** Names in lower case. */
  readonly services: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
}

/**
 * How much a resource policy gives to whom it names, from less to more: to an account, whose own policies must allow as
 * well; to a role, whose boundary and session policies still limit; to the caller itself, whom nothing limits but a denial.
 * Source: IAM User Guide, "Policy evaluation for requests within a single account" and "AWS JSON policy elements: Principal".
 */
export type Reach = "account" | "role" | "caller";

/** Whether the element means this caller, and gives at least so much. */
export function matchPrincipals(principals: Principals, facts: RequestFacts, reach: Reach): Truth {
  return principals.negated ? not(excepts(principals, facts)) : names(principals, facts, reach);
}

function names(principals: Principals, facts: RequestFacts, reach: Reach): Truth {
  if (principals.everyone || namesCaller(principals, facts)) return YES;
  const { principal } = facts.request;
  if (reach !== "caller" && namesOwner(principals, facts)) return YES;
  if (reach === "account" && namesAccount(principals, facts)) return YES;
  if (principal.kind === "role-session" && principal.roleArn === undefined && mayNameRole(principals, facts)) {
    return UNKNOWN;
  }
  return principals.problems.length > 0 ? UNKNOWN : NO;
}

/** The account stands for its root user. A user with session policies is a federated session, named by another ARN. */
function namesCaller({ arns, services, providers, accounts }: Principals, facts: RequestFacts): boolean {
  const { kind, arn } = facts.request.principal;
  if (kind === "role-session") return arns.has(arn);
  if (kind === "user") return !facts.limits.hasSessionPolicy && arns.has(arn);
  if (kind === "root") return namesAccount({ accounts }, facts);
  if (kind === "service") return services.has(arn.toLowerCase());
  return kind === "federated" && providers.has(arn);
}

/** The role of a session, or the user behind a federated session. */
function namesOwner({ arns }: Principals, { request: { principal } }: RequestFacts): boolean {
  if (principal.kind === "user") return arns.has(principal.arn);
  return principal.kind === "role-session" && principal.roleArn !== undefined && arns.has(principal.roleArn);
}

function namesAccount({ accounts }: Pick<Principals, "accounts">, facts: RequestFacts): boolean {
  const account = accounts.size > 0 ? accountOfCaller(facts) : undefined;
  return account !== undefined && accounts.has(account);
}

/** Without the role's ARN its path is unknown: any role of that account and name may be the one. */
function mayNameRole({ arns }: Principals, facts: RequestFacts): boolean {
  const name = facts.request.principal.arn.split("/")[1];
  const account = accountOfCaller(facts);
  return [...arns].some((arn) => arn.includes(`:${account}:role/`) && arn.endsWith(`/${name}`));
}

/**
 * `NotPrincipal` surely excepts a caller when the caller, its role and its account are all listed, and surely does not when
 * neither caller nor role is; between the two it depends on the service.
 * Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".
 */
function excepts(principals: Principals, facts: RequestFacts): Truth {
  if (principals.everyone) return YES;
  const listed = chainOf(facts).filter((arn) => principals.arns.has(arn)).length;
  const isOther = facts.request.principal.kind === "service" || facts.request.principal.kind === "federated";
  if (isOther || facts.request.principal.kind === "root") {
    if (namesCaller(principals, facts)) return YES;
  } else if (listed > 0) {
    return listed === chainOf(facts).length && namesAccount(principals, facts) ? YES : UNKNOWN;
  }
  const mayBe = facts.request.principal.kind === "role-session" && mayNameRole(principals, facts);
  return mayBe || principals.problems.length > 0 ? UNKNOWN : NO;
}

/** The ARNs below the account that a caller acts under. */
function chainOf({ request: { principal } }: RequestFacts): readonly string[] {
  if (principal.kind === "user") return [principal.arn];
  if (principal.kind === "role-session") return [principal.arn, principal.roleArn ?? ""];
  return [];
}
