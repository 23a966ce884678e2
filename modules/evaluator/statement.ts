import { quote } from "../text";
import { type Actions, matchActions, readActions } from "./actions";
import { type Condition, readCondition } from "./condition";
import type { RequestFacts } from "./facts";
import { objectEntries, scalarsIn, stringsIn } from "./json";
import type { Layer } from "./layer";
import { matchPrincipals, type Principals, type Reach } from "./principals";
import { policyPlaceOf, type Refusals } from "./place";
import { readPrincipals } from "./read-principals";
import { matchResources, type Resources, readResources } from "./resources";
import { and, NO, type Truth, UNKNOWN, YES } from "./truth";

export interface CompiledStatement {
  readonly policy: string;
  /** Position in the document, from 0. */
  readonly index?: number;
  readonly sid?: string;
  /** Nothing when it cannot be read: the statement may then do either. */
  readonly effect?: "Allow" | "Deny";
  /** Why the whole statement is not understood. */
  readonly problem?: string;
  readonly actions?: Actions;
  readonly resources?: Resources;
  readonly principals?: Principals;
  readonly conditions: readonly Condition[];
  /** Why AWS refuses the whole document, the same for each of its statements. */
  readonly refusals?: Refusals;
}

const ELEMENTS = new Set(
  "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" "),
);

/** Reads one statement; what cannot be understood is kept as a problem, never dropped. */
export function readStatement(policy: string, value: unknown, version: string, index: number): CompiledStatement {
  const entries = objectEntries(value);
  const place = { policy, index };
  if (!entries) return { ...place, problem: "the statement is not an object", conditions: [] };
  const elements = new Map(entries);
  const sid = elements.get("Sid");
  const effect = effectOf(elements);
  const known = { ...place, ...(typeof sid === "string" ? { sid } : {}), ...(effect ? { effect } : {}) };
  const problem = problemOf(elements);
  if (problem !== undefined) return { ...known, problem, conditions: [] };
  return { ...known, ...partsOf(elements, version) };
}

function effectOf(elements: ReadonlyMap<string, unknown>): CompiledStatement["effect"] {
  const effect = elements.get("Effect");
  return effect === "Allow" || effect === "Deny" ? effect : undefined;
}

function problemOf(elements: ReadonlyMap<string, unknown>): string | undefined {
  const stranger = [...elements.keys()].find((name) => !ELEMENTS.has(name));
  if (stranger !== undefined) return `unknown element ${quote(stranger)}`;
  const twice = ["Action", "Resource", "Principal"].find((name) => elements.has(name) && elements.has(`Not${name}`));
  if (twice) return `both ${twice} and Not${twice}`;
  if (elements.has("Sid") && typeof elements.get("Sid") !== "string") return "Sid is not a string";
  if (!effectOf(elements)) return "Effect is neither Allow nor Deny";
  if (!elements.has("Action") && !elements.has("NotAction")) return "no Action";
  const lists = ["Action", "NotAction", "Resource", "NotResource"].filter((name) => elements.has(name));
  const wrong = lists.find((name) => !stringsIn(elements.get(name)));
  return wrong && `${wrong} is neither a string nor a list of strings`;
}

type Parts = Pick<CompiledStatement, "actions" | "resources" | "principals" | "conditions">;

function partsOf(elements: ReadonlyMap<string, unknown>, version: string): Parts {
  const list = (name: string): readonly string[] => stringsIn(elements.get(name)) ?? [];
  const negated = (name: string): boolean => elements.has(`Not${name}`);
  const has = (name: string): boolean => elements.has(name) || negated(name);
  return {
    actions: readActions([...list("Action"), ...list("NotAction")], negated("Action")),
    ...(has("Resource")
      ? { resources: readResources([...list("Resource"), ...list("NotResource")], negated("Resource"), version) }
      : {}),
    ...(has("Principal")
      ? { principals: readPrincipals(elements.get("Principal") ?? elements.get("NotPrincipal"), negated("Principal")) }
      : {}),
    conditions: elements.has("Condition") ? readConditions(elements.get("Condition"), version) : [],
  };
}

/** All conditions of a block must hold. */
function readConditions(block: unknown, version: string): readonly Condition[] {
  const operators = objectEntries(block);
  if (!operators) return [readCondition("Condition", "that is not an object", [], version)];
  return operators.flatMap(([operator, keys]) => {
    const entries = objectEntries(keys);
    if (!entries || entries.length === 0) return [readCondition(operator, "without keys", [], version)];
    const lower = entries.map(([key]) => key.toLowerCase());
    if (new Set(lower).size < lower.length) return [readCondition(operator, "with a repeated key", [], version)];
    return entries.map(([key, value]) => readCondition(operator, key, scalarsIn(value) ?? [], version));
  });
}

/** Whether the statement speaks about the request; of a resource policy, whether it also reaches so far. */
export function matchStatement(statement: CompiledStatement, facts: RequestFacts, layer: Layer, reach: Reach): Truth {
  const { refusals } = statement;
  if (refusals && refusals.size > 0 && refusals.has(policyPlaceOf(facts, layer))) return UNKNOWN;
  if (!statement.actions) return UNKNOWN;
  let matched = matchActions(statement.actions, facts);
  if (matched === NO) return NO;
  matched = and(matched, matchWhere(statement, facts, layer));
  if (matched === NO) return NO;
  matched = and(matched, matchWho(statement, facts, reach));
  for (const condition of statement.conditions) {
    if (matched === NO) return NO;
    matched = and(matched, condition.holds(facts));
  }
  return matched;
}

/** A resource's own policy may leave the resource out. */
export function matchWhere({ resources }: CompiledStatement, facts: RequestFacts, layer: Layer): Truth {
  return resources ? matchResources(resources, facts, layer) : YES;
}

/**
 * A denial with NotPrincipal meets everyone who has a boundary, whoever is listed.
 * Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal", "Key points".
 */
export function matchWho({ principals, effect }: CompiledStatement, facts: RequestFacts, reach: Reach): Truth {
  if (!principals) return YES;
  if (principals.negated && effect === "Deny" && facts.limits.hasBoundary) return YES;
  return matchPrincipals(principals, facts, reach);
}
