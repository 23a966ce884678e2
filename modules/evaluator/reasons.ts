import { quote } from "../text";
import type { Condition } from "./condition";
import type { RequestFacts } from "./facts";
import { givenFor } from "./keys";
import type { Layer } from "./layer";
import { unclearArns } from "./resources";
import { matchWhere, matchWho, type CompiledStatement } from "./statement";
import { NO, UNKNOWN } from "./truth";

const SHOWN = 3;

/** What a condition wants and what the request has. */
function whyFails(condition: Condition, facts: RequestFacts): string {
  return `needs ${wish(condition)}; the request has ${offer(condition, facts)}`;
}

/** `Bool aws:MultiFactorAuthPresent "true"`. */
function wish({ operator, key, values }: Condition): string {
  return `${operator} ${key.written} ${listed(values, " or ")}`;
}

function offer({ key }: Condition, facts: RequestFacts): string {
  const given = givenFor(facts, key);
  if (given === undefined) return "no such key";
  if (given === UNKNOWN) return "an unknown value";
  return typeof given === "string" ? quote(given) : listed(given, ", ");
}

function listed(values: readonly string[], separator: string): string {
  return firstOf(values.slice(0, SHOWN).map(quote), separator, values.length);
}

/** The first few of a list, with how many more there are. */
function firstOf(shown: readonly string[], separator: string, count: number): string {
  return `${shown.slice(0, SHOWN).join(separator)}${count > SHOWN ? ` and ${count - SHOWN} more` : ""}`;
}

/** Why it is unknown whether a statement matches. */
export function whyUnknown(statement: CompiledStatement, facts: RequestFacts, layer: Layer): string {
  const reasons = statement.problem === undefined ? reasonsOf(statement, facts, layer) : [statement.problem];
  return firstOf(reasons, "; ", reasons.length);
}

function reasonsOf(statement: CompiledStatement, facts: RequestFacts, layer: Layer): readonly string[] {
  return [
    ...(statement.actions?.problems ?? []),
    ...whyWhere(statement, facts, layer),
    ...whyWho(statement, facts),
    ...statement.conditions
      .filter((condition) => condition.holds(facts) === UNKNOWN)
      .flatMap((condition) => whyUndecided(condition, facts)),
  ];
}

function whyWhere(statement: CompiledStatement, facts: RequestFacts, layer: Layer): readonly string[] {
  if (matchWhere(statement, facts, layer) !== UNKNOWN) return [];
  const { resources } = statement;
  if (!resources) return [];
  const reasons = [...resources.problems, ...unclearArns(resources, facts, layer)];
  return reasons.length > 0 ? reasons : ["a variable in Resource has no single known value"];
}

function whyWho(statement: CompiledStatement, facts: RequestFacts): readonly string[] {
  if (!statement.principals || matchWho(statement, facts, "account") !== UNKNOWN) return [];
  if (statement.principals.problems.length > 0) return statement.principals.problems;
  return statement.principals.negated
    ? ["NotPrincipal lists the caller, but not also its role and account"]
    : ["the role's ARN is not given, so its path is not known"];
}

function whyUndecided(condition: Condition, facts: RequestFacts): readonly string[] {
  if (condition.problems.length > 0) return condition.problems;
  const given = givenFor(facts, condition.key);
  if (given === UNKNOWN) return [`the request's ${condition.key.written} is not known`];
  return [`cannot compare ${wish(condition)} with ${offer(condition, facts)}`];
}

/** The first part of a statement that does not fit a request it might have been written for; nothing when the action does not. */
export function missOf(statement: CompiledStatement, facts: RequestFacts, layer: Layer): Miss | undefined {
  const { resource, isSample, principal } = facts.request;
  if (matchWhere(statement, facts, layer) === NO)
    return {
      part: "resource",
      why: isSample ? "applies only to certain resources" : `does not apply to ${quote(resource)}`,
    };
  if (matchWho(statement, facts, "account") === NO) {
    return { part: "principal", why: `does not name ${quote(principal.arn || principal.kind)}` };
  }
  const failing = statement.conditions.find((condition) => condition.holds(facts) === NO);
  return failing && { part: "condition", why: whyFails(failing, facts) };
}

export interface Miss {
  readonly part: "resource" | "principal" | "condition";
  readonly why: string;
}

/** How many parts fit: they are looked at in this order. */
export function nearness({ part }: Miss): number {
  return ["resource", "principal", "condition"].indexOf(part);
}
