import { matchActions, readActions } from "./actions";
import data from "./data/keys.json";
import type { RequestFacts } from "./facts";
import { UNKNOWN, YES } from "./truth";

type Derive = (facts: RequestFacts) => typeof UNKNOWN | undefined;

/**
 * Keys that AWS puts into a request and only the caller knows: where the context does not tell one, it is not known, and never
 * taken for absent. Which keys these are, for which callers and actions, is in `data/keys.json`, with its date.
 */
export function unknownKeys(): readonly (readonly [string, Derive])[] {
  const rows = (keys: readonly string[], derive: Derive) => keys.map((key) => [key.toLowerCase(), derive] as const);
  return [
    ...rows([...data.always, ...data.usually], () => UNKNOWN),
    ...rows(data.temporary, where(isTemporary)),
    ...rows(data.withMfa, where(mayHaveMfa)),
    ...rows(data.service, where(isService)),
    ...rows(data.ofMembers, where(isOfAccount)),
    ...rows(data.ofSaml, where(isFederated)),
    ...Object.entries(data.actions).map(([key, actions]) => [key.toLowerCase(), whereAction(actions)] as const),
  ];
}

/** Keys that no request lacks, in lower case: of these it is known that they are there. */
export const ALWAYS_THERE: ReadonlySet<string> = new Set(data.always.map((key) => key.toLowerCase()));

function where(holds: (facts: RequestFacts) => boolean): Derive {
  return (facts) => (holds(facts) ? UNKNOWN : undefined);
}

function whereAction(actions: readonly string[]): Derive {
  const read = readActions(actions, false);
  return where((facts) => matchActions(read, facts) === YES);
}

/** A user's own keys are not temporary; that MFA was reported means that they are not in use. */
function isTemporary(facts: RequestFacts): boolean {
  const { kind } = facts.request.principal;
  return kind === "role-session" || (kind === "user" && SESSION_KEYS.some((key) => tells(facts, key) !== undefined));
}

const SESSION_KEYS = ["aws:multifactorauthpresent", "aws:multifactorauthage", "aws:tokenissuetime"];

/** The age is there when MFA was used. */
function mayHaveMfa(facts: RequestFacts): boolean {
  const present = tells(facts, "aws:multifactorauthpresent");
  return present === undefined ? isTemporary(facts) : String(present).toLowerCase() === "true";
}

function isService({ request }: RequestFacts): boolean {
  return request.principal.kind === "service";
}

function isFederated({ request }: RequestFacts): boolean {
  return request.principal.kind === "federated";
}

/** Keys that an identity provider's token fills: the provider's own name, a colon and a claim. */
export function mayBeClaim(lower: string): boolean {
  return CLAIM.test(lower);
}

/** A host's name, perhaps with a path, which no service of AWS has for a prefix. */
const CLAIM = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[^:]*)?:[^:]+$/;

export const unknownClaim: Derive = where(isFederated);

function isOfAccount({ request: { principal } }: RequestFacts): boolean {
  return principal.kind === "user" || principal.kind === "role-session" || principal.kind === "root";
}

function tells({ request: { context } }: RequestFacts, lower: string): unknown {
  return Object.entries(context ?? {}).find(([name]) => name.toLowerCase() === lower)?.[1];
}
