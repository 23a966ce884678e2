import { quote } from "../text";
import { parseBoolean } from "./conditions/boolean";
import { OPERATORS } from "./conditions/operators";
import type { ValueTest } from "./conditions/value-test";
import type { RequestFacts } from "./facts";
import { givenFor, type Key, conditionKeyOf } from "./keys";
import { holdsExpression, Problem } from "./template";
import { ALWAYS_THERE } from "./unknown-keys";
import { every, NO, not, some, type Truth, truthOf, UNKNOWN, YES } from "./truth";

/** One operator with one key and its values. */
export interface Condition {
  /** As written, with quantifier and `IfExists`. */
  readonly operator: string;
  readonly key: Key;
  readonly values: readonly string[];
  readonly problems: readonly string[];
  /** Those for which AWS refuses the document. */
  readonly refused: readonly string[];
  readonly holds: (facts: RequestFacts) => Truth;
}

interface Written {
  readonly quantifier: "all" | "any" | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

/** `ForAllValues:StringLikeIfExists` in its three parts, the name in lower case. */
function partsOf(operator: string): Written {
  const lower = operator.toLowerCase();
  const quantifier = lower.startsWith("forallvalues:") ? "all" : lower.startsWith("foranyvalue:") ? "any" : undefined;
  const name = quantifier ? lower.slice(lower.indexOf(":") + 1) : lower;
  const ifExists = name.endsWith("ifexists");
  return { quantifier, name: ifExists ? name.slice(0, -"ifexists".length) : name, ifExists };
}

/** Values are combined by "or": one match is enough; of a negated operator, one match fails. */
export function readCondition(operator: string, key: string, values: readonly string[], version: string): Condition {
  const parts = partsOf(operator);
  const base = { operator, key: conditionKeyOf(key), values };
  const isNull = parts.name === "null" && !parts.quantifier && !parts.ifExists;
  const found = OPERATORS.get(parts.name);
  if (holdsExpression(key)) return unknownCondition(base, `unknown condition key ${quote(key)}`, false);
  if (values.length === 0) return unknownCondition(base, `${operator} ${key} has no values`);
  if (!KEY.test(key)) return unknownCondition(base, `unknown condition key ${quote(key)}`);
  if (isNull) return nullCondition(base);
  if (!found) return unknownCondition(base, `unknown condition operator ${quote(operator)}`);
  const read = values.map((value) => readValue(found.read(value, version), value));
  const tests = read.map((test): ValueTest => (test instanceof Problem ? () => UNKNOWN : test));
  const wrong = read.filter((test) => test instanceof Problem);
  const told = (all: readonly Problem[]) => all.map(({ why }) => `${operator} ${key}: ${why}`);
  const refused = told(wrong.filter((problem) => problem.refused));
  return { ...base, problems: told(wrong), refused, holds: combine(base.key, parts, found.negated, tests) };
}

/** A service or vendor, a colon and a name. Source: IAM User Guide, "IAM JSON policy elements: Condition". */
const KEY = /^[^:\s$]+:[^$]+$/;

/** What another program fills in first may become a value that IAM takes. */
function readValue(test: ValueTest | Problem, value: string): ValueTest | Problem {
  return test instanceof Problem && holdsExpression(value) ? new Problem(test.why, false) : test;
}

type Base = Omit<Condition, "problems" | "refused" | "holds">;

function unknownCondition(base: Base, why: string, isRefused = true): Condition {
  return { ...base, problems: [why], refused: isRefused ? [why] : [], holds: () => UNKNOWN };
}

/** `Null`: "true" wants the key to be absent, "false" to be present. */
function nullCondition(base: Base): Condition {
  const wanted = base.values.map(parseBoolean);
  if (wanted.includes(undefined))
    return unknownCondition(base, `Null ${base.key.written} must be true or false`, !base.values.some(holdsExpression));
  return {
    ...base,
    problems: [],
    refused: [],
    holds: (facts) => {
      const given = givenFor(facts, base.key);
      if (given === UNKNOWN && !ALWAYS_THERE.has(base.key.lower)) return UNKNOWN;
      return truthOf(wanted.includes(given === undefined));
    },
  };
}

/**
 * An absent key fails an operator and satisfies a negated one, `...IfExists` and `ForAllValues`. `ForAllValues` also
 * holds for empty text. Several values need a quantifier.
 * Source: IAM User Guide, "Condition operators" and "Multivalued context keys".
 */
function combine(
  key: Key,
  parts: Written,
  negated: boolean,
  tests: readonly ValueTest[],
): (facts: RequestFacts) => Truth {
  const { quantifier, ifExists } = parts;
  const whenAbsent = ifExists || quantifier === "all" || (negated && quantifier === undefined) ? YES : NO;
  const single = tests.length === 1 ? tests[0] : undefined;
  const one = (given: string, facts: RequestFacts): Truth => {
    const matched = single ? single(given, facts) : some(tests, (test) => test(given, facts));
    return negated ? not(matched) : matched;
  };
  return (facts) => {
    const given = givenFor(facts, key);
    if (given === undefined) return whenAbsent;
    if (given === UNKNOWN) return UNKNOWN;
    if (quantifier === undefined) return typeof given === "string" ? one(given, facts) : lone(given, one, facts);
    const all = (typeof given === "string" ? [given] : given).filter((value) => value !== "");
    return quantifier === "all" ? every(all, (value) => one(value, facts)) : some(all, (value) => one(value, facts));
  };
}

/** What an operator without quantifier says of several values is not documented. */
function lone(given: readonly string[], one: ValueTest, facts: RequestFacts): Truth {
  const [only] = given;
  return only !== undefined && given.length === 1 ? one(only, facts) : UNKNOWN;
}
