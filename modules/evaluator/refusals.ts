import { quote } from "../text";
import type { PolicyPlace, Refusals, RefusedPart } from "./place";
import { hasTrustAction } from "./trust";
import type { CompiledStatement } from "./statement";

const PLACES: readonly PolicyPlace[] = [
  "identity",
  "boundary",
  "session",
  "resource",
  "trust",
  "endpoint",
  "scp",
  "rcp",
];

/** AWS stores a document whole or not at all: the first part that it refuses, by place. */
export function refusalsOf(statements: readonly CompiledStatement[]): Refusals {
  return new Map(
    PLACES.flatMap((place) => {
      const why = firstOf(statements, (statement) => refusedAnywhere(statement) ?? refusedIn(statement, place));
      return why === undefined ? [] : [[place, why] as const];
    }),
  );
}

function firstOf(
  statements: readonly CompiledStatement[],
  test: (statement: CompiledStatement) => string | undefined,
): RefusedPart | undefined {
  for (const statement of statements) {
    const why = test(statement);
    const { index, sid } = statement;
    if (why !== undefined)
      return { why, ...(index === undefined ? {} : { statement: index }), ...(sid === undefined ? {} : { sid }) };
  }
  return undefined;
}

/** What no policy may hold. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
function refusedAnywhere({
  problem,
  actions,
  resources,
  principals,
  conditions,
}: CompiledStatement): string | undefined {
  return (
    problem ??
    actions?.problems[0] ??
    resources?.refused[0] ??
    principals?.refused[0] ??
    conditions.flatMap(({ refused }) => refused)[0]
  );
}

/** Places whose policies name no principals. */
const WITHOUT_PRINCIPALS: ReadonlySet<PolicyPlace> = new Set<PolicyPlace>(["identity", "boundary", "session", "scp"]);
/**
 * IAM takes letters and digits in a Sid; some services take more in the policies of their resources.
 * Source: IAM User Guide, "IAM JSON policy elements: Sid".
 */
const IAMS_OWN: ReadonlySet<PolicyPlace> = new Set<PolicyPlace>(["identity", "boundary", "session", "trust"]);

/** What a policy of one place may not hold, or must. */
function refusedIn(statement: CompiledStatement, place: PolicyPlace): string | undefined {
  const { sid = "", principals, resources } = statement;
  if (IAMS_OWN.has(place) && /[^A-Za-z0-9]/.test(sid))
    return `the Sid ${quote(sid)} has characters other than letters and digits`;
  if (WITHOUT_PRINCIPALS.has(place) && principals) return "only a resource's policy may name principals";
  if (!WITHOUT_PRINCIPALS.has(place) && !principals) return "the statement has no Principal";
  if (place !== "resource" && place !== "trust" && !resources) return "the statement has no Resource";
  if (place === "trust") return refusedInTrust(statement);
  if (place === "rcp") return refusedInRcp(statement);
  return place === "session" ? refusedInSession(statement) : undefined;
}

/** Source: IAM User Guide, "How to use trust policies" and "AWS JSON policy elements: NotPrincipal". */
function refusedInTrust({ resources, principals, actions }: CompiledStatement): string | undefined {
  if (resources) return "a trust policy cannot have Resource";
  if (principals?.negated) return "a trust policy cannot have NotPrincipal";
  if (principals?.canonical) return "a trust policy cannot name a canonical user";
  return actions && !hasTrustAction(actions)
    ? "a trust policy can have only the STS actions that assume a role"
    : undefined;
}

/** Only the policy that AWS itself attaches allows. Source: AWS Organizations User Guide, "RCP syntax". */
function refusedInRcp({ effect, principals, actions, resources, conditions }: CompiledStatement): string | undefined {
  if (principals?.negated) return "a resource control policy cannot have NotPrincipal";
  if (!principals?.star) return 'the only principal of a resource control policy is "*"';
  if (actions?.negated) return "a resource control policy cannot have NotAction";
  const isFull = actions?.every && resources?.every && !resources.negated && conditions.length === 0;
  return effect === "Allow" && !isFull ? "only RCPFullAWSAccess may allow" : undefined;
}

function refusedInSession({ resources }: CompiledStatement): string | undefined {
  const [short] = resources?.short ?? [];
  return short && `${quote(short.written)} has fewer than six fields; AWS refuses it in a session policy`;
}
