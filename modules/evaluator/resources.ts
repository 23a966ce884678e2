import { quote } from "../text";
import type { Facts } from "./facts";
import { fixedGlob, parseTemplate, Problem, templateTest } from "./template";
import { NO, not, or, type Truth, UNKNOWN, YES } from "./truth";

/** `Resource` or `NotResource`. */
export interface Resources {
  readonly negated: boolean;
  readonly problems: readonly string[];
  /** True for `*`. */
  readonly every: boolean;
  /** ARNs without wildcards and variables. */
  readonly exact: ReadonlySet<string>;
  readonly patterns: readonly ResourceTest[];
}

type ResourceTest = (resource: string, facts: Facts) => Truth;

/**
 * Compared with case; a wildcard spans colons and slashes. A variable may stand behind the fifth colon only, and one
 * without a value matches nothing. What then becomes of NotResource the pages do not tell.
 * Source: IAM User Guide, "Resource" and "Variables and tags".
 */
export function readResources(values: readonly string[], negated: boolean, version: string): Resources {
  const exact = new Set<string>();
  const patterns: ResourceTest[] = [];
  const problems = values.length === 0 && negated ? ["NotResource is empty"] : [];
  for (const value of values.filter((each) => each !== "*")) {
    const test = readResource(value, version, negated);
    if (test instanceof Problem) problems.push(test.why);
    else if (test === undefined) exact.add(value);
    else patterns.push(test);
  }
  return { negated, problems, every: values.includes("*"), exact, patterns };
}

/** Nothing for an ARN that is only compared. */
function readResource(value: string, version: string, negated: boolean): ResourceTest | undefined | Problem {
  if (!value.startsWith("arn:")) return new Problem(`resource ${quote(value)} is no ARN`);
  if (!/[*?$]/.test(value)) return undefined;
  const template = parseTemplate(value, version, true);
  if (template instanceof Problem) return template;
  const head = value.slice(0, value.indexOf("${"));
  if (fixedGlob(template) === undefined && head.split(":").length < 6) {
    return new Problem(`${quote(value)} has a variable before its fifth colon`);
  }
  return templateTest(template, negated ? UNKNOWN : NO);
}

export function matchResources(resources: Resources, facts: Facts): Truth {
  const named = nameResource(resources, facts);
  return resources.negated ? not(named) : named;
}

function nameResource({ every, exact, patterns, problems }: Resources, facts: Facts): Truth {
  const { resource } = facts.request;
  if (every || (exact.size > 0 && exact.has(resource))) return YES;
  let found: Truth = problems.length > 0 ? UNKNOWN : NO;
  for (const test of patterns) {
    found = or(found, test(resource, facts));
    if (found === YES) return YES;
  }
  return found;
}
