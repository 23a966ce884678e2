import { quote } from "../text";
import type { RequestFacts } from "./facts";
import { type Fields, fieldsOf, hasInnerWildcard, matchFields } from "./arn-fields";
import type { Layer } from "./layer";
import { refusedArn } from "./refused-arns";
import { fixedGlob, holdsExpression, parseTemplate, Problem, templateTest } from "./template";
import { NO, not, or, type Truth, UNKNOWN, YES } from "./truth";

/** `Resource` or `NotResource`. */
export interface Resources {
  readonly negated: boolean;
  readonly problems: readonly string[];
  /** Those for which AWS refuses the document. */
  readonly refused: readonly string[];
  /** True for `*`. */
  readonly every: boolean;
  /** ARNs without wildcards and variables. */
  readonly exact: ReadonlySet<string>;
  readonly patterns: readonly ResourceTest[];
  readonly short: readonly ShortArn[];
}

type ResourceTest = (resource: string, facts: RequestFacts) => Truth;

/** An ARN of fewer than six fields: what it means depends on the kind of policy. */
interface ShortArn {
  readonly written: string;
  /** With `*` for each missing field. */
  readonly completed: ResourceTest;
  /** As the text it is. */
  readonly plain: ResourceTest;
}

/**
 * Compared with case. A `*` that ends a field of the ARN and everything behind the fifth colon spans colons; a `*` inside one
 * of the first five fields and a `?` do not. A variable may appear only after the fifth colon, and one without a value
 * matches nothing. What then becomes of NotResource the pages do not tell.
 * Source: IAM User Guide, "Resource" ("Using wildcards in resource ARNs") and "Variables and tags".
 */
export function readResources(values: readonly string[], negated: boolean, version: string): Resources {
  const exact = new Set<string>();
  const patterns: ResourceTest[] = [];
  const short: ShortArn[] = [];
  const problems = values.length === 0 ? [`${negated ? "NotResource" : "Resource"} is empty`] : [];
  const refused = [...problems];
  const add = ({ why, ...problem }: Problem) => {
    problems.push(why);
    if (problem.refused) refused.push(why);
  };
  const read = (value: string) => readResource(value, version, negated);
  for (const value of values.filter((each) => each !== "*")) {
    const fields = fieldsOf(value);
    const why = refusedArn(fields);
    const test =
      why === undefined
        ? read(value)
        : new Problem(`resource ${quote(value)} ${why}`, !holdsExpression(fields[0] ?? ""));
    const completed = fields.length < ARN_FIELDS ? read(completedArn(fields)) : undefined;
    if (test instanceof Problem) add(test);
    else if (completed instanceof Problem) add(completed);
    else if (completed !== undefined) short.push({ written: value, completed, plain: matchFields(fields, isEnd) });
    else if (test === undefined) exact.add(value);
    else patterns.push(test);
  }
  return { negated, problems, refused, every: values.includes("*"), exact, patterns, short };
}

const ARN_FIELDS = 6;

/** Source: IAM User Guide, "Resource": an incomplete ARN is completed with wildcards. */
function completedArn(fields: Fields): string {
  return [...fields, ...Array<string>(ARN_FIELDS - fields.length).fill("*")].join(":");
}

function isEnd(text: string | undefined): Truth {
  return text === undefined ? YES : NO;
}

/** Nothing for an ARN that is only compared. */
function readResource(value: string, version: string, negated: boolean): ResourceTest | undefined | Problem {
  if (!/[*?$]/.test(value)) return undefined;
  const template = parseTemplate(value, version, true);
  if (template instanceof Problem) return template;
  const head = value.slice(0, value.indexOf("${"));
  if (fixedGlob(template) === undefined && head.split(":").length < ARN_FIELDS)
    return new Problem(`${quote(value)} has a variable before its fifth colon`);
  const withoutValue = negated ? UNKNOWN : NO;
  const fields = fieldsOf(value);
  const first = fields.slice(0, ARN_FIELDS - 1);
  if (fields.length < ARN_FIELDS || !first.some(hasInnerWildcard)) return templateTest(template, withoutValue);
  const last = parseTemplate(fields.slice(ARN_FIELDS - 1).join(":"), version, true);
  if (last instanceof Problem) return last;
  const behind = templateTest(last, withoutValue);
  return matchFields(first, (text, facts) => (text === undefined ? NO : behind(text, facts)));
}

export function matchResources(resources: Resources, facts: RequestFacts, layer: Layer): Truth {
  const named = nameResource(resources, facts, layer);
  return resources.negated ? not(named) : named;
}

function nameResource(
  { every, exact, patterns, problems, short }: Resources,
  facts: RequestFacts,
  layer: Layer,
): Truth {
  const { resource } = facts.request;
  if (every || (exact.size > 0 && exact.has(resource))) return YES;
  let found: Truth = problems.length > 0 ? UNKNOWN : NO;
  for (const test of patterns) {
    found = or(found, test(resource, facts));
    if (found === YES) return YES;
  }
  for (const arn of short) found = or(found, matchShort(arn, facts, layer));
  return found;
}

/**
 * Identity policies and boundaries complete such an ARN; what matches only as the text it is, no page decides. Session policies
 * are refused with one. For the others no page says which of the two readings holds: where they differ, it is not known.
 */
function matchShort({ completed, plain }: ShortArn, facts: RequestFacts, layer: Layer): Truth {
  const { resource } = facts.request;
  if (layer === "session") return UNKNOWN;
  const [whole, text] = [completed(resource, facts), plain(resource, facts)];
  if (layer === "identity" || layer === "boundary") return whole === NO && text !== NO ? UNKNOWN : whole;
  return whole === text ? whole : UNKNOWN;
}

/** The short ARNs of which a policy of this layer does not tell whether they mean the resource. */
export function unclearArns({ short }: Resources, facts: RequestFacts, layer: Layer): readonly string[] {
  return short
    .filter((arn) => matchShort(arn, facts, layer) === UNKNOWN)
    .map(
      ({ written }) =>
        `${quote(written)} has fewer than six fields; what that means in such a policy is not documented`,
    );
}
