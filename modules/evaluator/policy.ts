import { EVERY_ACTION, matchActions, servicesOf } from "./actions";
import type { AskedAction, RequestFacts } from "./facts";
import { readDocument, unreadable } from "./document";
import type { Layer } from "./layer";
import { policyPlaceOf, type Refusals } from "./place";
import { matchStatement, readStatement, type CompiledStatement } from "./statement";
import type { Reach } from "./principals";
import { NO, or, type Truth, UNKNOWN, YES } from "./truth";

/** A policy ready to be evaluated. Its name is what decisions call it; all else is the evaluator's own. */
export interface CompiledPolicy {
  readonly name: string;
  readonly statements: readonly CompiledStatement[];
  /** What AWS refuses of its documents, each once. */
  readonly refusals: readonly DocumentRefusal[];
  readonly allows: ByService;
  readonly denies: ByService;
}

/** A document that AWS refuses in some places, whole: there it may be anything. */
export interface DocumentRefusal {
  readonly policy: string;
  readonly by: Refusals;
}

/** Statements by the services they name; a request need only look at its own and at those that may mean any. */
interface ByService {
  readonly named: ReadonlyMap<string, readonly CompiledStatement[]>;
  readonly any: readonly CompiledStatement[];
}

/**
 * Compiles a document in IAM's JSON, as text or as an object. Never throws: what cannot be understood (no JSON, an unknown
 * operator, a Terraform expression, a wrong type) becomes a statement that may or may not match, with the reason.
 */
export function compilePolicy(name: string, document: unknown): CompiledPolicy {
  const statements = readDocument(name, document);
  const by = statements[0]?.refusals;
  return withStatements(name, statements, by && by.size > 0 ? [{ policy: name, by }] : []);
}

/** A managed policy whose text is not at hand: every verdict it could change becomes unknown. */
export function missingPolicy(name: string): CompiledPolicy {
  return withStatements(name, [unreadable(name, "the text of the policy is not available")], []);
}

/**
 * Stands for whatever policy a resource of any kind may have that leaves everything to the account: no document that AWS
 * would store for all of them, so nothing of it is refused.
 */
export function openTo(account: string, name: string): CompiledPolicy {
  const open = { Effect: "Allow", Principal: { AWS: account }, Action: "*" };
  return withStatements(name, [readStatement(name, open, "2012-10-17", 0)], []);
}

/** Several policies of one layer as one; each statement still tells its policy. */
export function mergePolicies(policies: readonly CompiledPolicy[]): CompiledPolicy {
  const names = policies.map(({ name }) => name).join(", ");
  return withStatements(
    names,
    policies.flatMap(({ statements }) => statements),
    policies.flatMap(({ refusals }) => refusals),
  );
}

/** The same policy for requests for one action: only the statements that may mean it, without asking them again. */
export function forAction(policy: CompiledPolicy, asked: AskedAction): CompiledPolicy {
  const statements = policy.statements.flatMap((statement) => {
    const matched = statement.actions ? matchActions(statement.actions, asked) : UNKNOWN;
    if (matched === NO) return [];
    return matched === YES ? [{ ...statement, actions: EVERY_ACTION }] : [statement];
  });
  return withStatements(policy.name, statements, policy.refusals);
}

/** Tells policies of one action apart: one sign for each statement. */
export function signature({ statements }: CompiledPolicy, asked: AskedAction): string {
  return statements.map(({ actions }) => (actions ? matchActions(actions, asked) : UNKNOWN)).join("");
}

function withStatements(
  name: string,
  statements: readonly CompiledStatement[],
  refusals: readonly DocumentRefusal[],
): CompiledPolicy {
  return {
    name,
    statements,
    refusals,
    allows: byService(statements.filter(({ effect }) => effect !== "Deny")),
    denies: byService(statements.filter(({ effect }) => effect !== "Allow")),
  };
}

function byService(statements: readonly CompiledStatement[]): ByService {
  const named = new Map<string, CompiledStatement[]>();
  const any: CompiledStatement[] = [];
  for (const statement of statements) {
    const services = statement.actions && servicesOf(statement.actions);
    if (!services) any.push(statement);
    for (const service of services ?? []) {
      const list = named.get(service);
      if (list) list.push(statement);
      else named.set(service, [statement]);
    }
  }
  return { named, any };
}

/** Whether a policy allows the request, of a resource policy with at least this reach. */
export function allowedBy(policy: CompiledPolicy, facts: RequestFacts, layer: Layer, reach: Reach): Truth {
  return or(wholeOf(policy, facts, layer), someMatch(policy.allows, facts, layer, reach));
}

/** Whether one of the policies of a layer that names no principals, or names everyone, allows. */
export function allowedByOne(policies: readonly CompiledPolicy[], facts: RequestFacts, layer: Layer): Truth {
  let found: Truth = NO;
  for (const policy of policies) {
    found = or(found, wholeOf(policy, facts, layer));
    found = or(found, someMatch(policy.allows, facts, layer, "account"));
    if (found === YES) return YES;
  }
  return found;
}

export function deniedByOne(policies: readonly CompiledPolicy[], facts: RequestFacts, layer: Layer): Truth {
  let found: Truth = NO;
  for (const policy of policies) {
    found = or(found, wholeOf(policy, facts, layer));
    found = or(found, someMatch(policy.denies, facts, layer, "account"));
    if (found === YES) return YES;
  }
  return found;
}

/** Unknown where AWS refuses a document of the policy. */
function wholeOf({ refusals }: CompiledPolicy, facts: RequestFacts, layer: Layer): Truth {
  return refusals.length > 0 && refusals.some(({ by }) => by.has(policyPlaceOf(facts, layer))) ? UNKNOWN : NO;
}

function someMatch({ named, any }: ByService, facts: RequestFacts, layer: Layer, reach: Reach): Truth {
  const own = named.size > 0 ? named.get(facts.service) : undefined;
  const found = own ? matchAny(own, facts, layer, reach) : NO;
  return found === YES || any.length === 0 ? found : or(found, matchAny(any, facts, layer, reach));
}

function matchAny(statements: readonly CompiledStatement[], facts: RequestFacts, layer: Layer, reach: Reach): Truth {
  let found: Truth = NO;
  for (const statement of statements) {
    found = or(found, matchStatement(statement, facts, layer, reach));
    if (found === YES) return YES;
  }
  return found;
}
