import { accountOfCaller, accountOfResource, type RequestFacts } from "./facts";
import { mayBeClaim, unknownClaim, unknownKeys } from "./unknown-keys";
import { UNKNOWN } from "./truth";

/** A condition key. Names are compared without case. Source: IAM User Guide, "IAM JSON policy elements: Condition". */
export interface Key {
  readonly written: string;
  readonly lower: string;
  /** What a request implies when its context does not tell. */
  readonly derive?: (facts: RequestFacts) => KeyValue;
}

export function conditionKeyOf(written: string): Key {
  const lower = written.toLowerCase();
  const derive = DERIVED.get(lower) ?? (mayBeClaim(lower) ? unknownClaim : undefined);
  return { written, lower, ...(derive ? { derive } : {}) };
}

/** What a request says for a key: nothing when the key is absent, unknown when AWS sets it and the request does not say. */
export type KeyValue = string | readonly string[] | typeof UNKNOWN | undefined;

/** The value of a key: what the context says, else what the principal and resource imply. An empty list is an absent key. */
export function givenFor(facts: RequestFacts, key: Key): KeyValue {
  const stated = stateOf(facts.request.context, key);
  if (stated !== undefined) return stated.length === 0 && typeof stated !== "string" ? undefined : stated;
  return key.derive?.(facts);
}

type Context = RequestFacts["request"]["context"];

function stateOf(context: Context, key: Key): string | readonly string[] | undefined {
  if (context === undefined) return undefined;
  if (Object.hasOwn(context, key.written)) return valuesIn(context[key.written]);
  for (const name in context) {
    if (name.length !== key.lower.length || name.toLowerCase() !== key.lower) continue;
    if (Object.hasOwn(context, name)) return valuesIn(context[name]);
  }
  return undefined;
}

/** Callers without types may pass numbers or booleans; IAM compares their text. */
function valuesIn(value: unknown): string | readonly string[] | undefined {
  if (typeof value === "string" || value === undefined || value === null) return value ?? undefined;
  return Array.isArray(value) ? value.map(String) : String(value);
}

/** Keys that follow from who asks for what. Tags, source identity and whatever only some requests have are absent unless given. */
const DERIVED: ReadonlyMap<string, (facts: RequestFacts) => KeyValue> = new Map<
  string,
  (facts: RequestFacts) => KeyValue
>([
  ...unknownKeys(),
  ["aws:principalarn", principalArn],
  ["aws:principalaccount", principalAccount],
  ["aws:principaltype", ({ request }) => PRINCIPAL_TYPES[request.principal.kind]],
  ["aws:username", userName],
  ["aws:principalisawsservice", isService],
  [
    "aws:principalservicename",
    ({ request: { principal } }) => (principal.kind === "service" ? principal.arn : undefined),
  ],
  ["aws:resourceaccount", accountOfResource],
  ["aws:userid", (facts) => (facts.request.principal.kind === "root" ? accountOfCaller(facts) : UNKNOWN)],
]);

const PRINCIPAL_TYPES: Readonly<Record<RequestFacts["request"]["principal"]["kind"], KeyValue>> = {
  user: "User",
  "role-session": "AssumedRole",
  root: "Account",
  anonymous: "Anonymous",
  service: UNKNOWN,
  federated: UNKNOWN,
};

/** In every request; of a service no page tells the value. */
function principalAccount(facts: RequestFacts): KeyValue {
  return facts.request.principal.kind === "anonymous" ? "anonymous" : (accountOfCaller(facts) ?? UNKNOWN);
}

/** The role's ARN for a session, which has a path that the session's own ARN lacks. */
function principalArn({ request: { principal } }: RequestFacts): KeyValue {
  if (principal.kind === "user" || principal.kind === "root") return principal.arn;
  return principal.kind === "role-session" ? (principal.roleArn ?? UNKNOWN) : undefined;
}

/** The name without the path; users only. */
function userName({ request: { principal } }: RequestFacts): KeyValue {
  return principal.kind === "user" ? principal.arn.slice(principal.arn.lastIndexOf("/") + 1) : undefined;
}

/** In the context of every signed request. */
function isService({ request: { principal } }: RequestFacts): KeyValue {
  if (principal.kind === "anonymous" || principal.kind === "federated") return undefined;
  return principal.kind === "service" ? "true" : "false";
}
