import type { Request } from "../../evaluator/evaluate";
import { type AccountRef, sampleArn } from "../../iam/arn";
import { stableJson } from "../../text";
import { type ConditionSamples, conditionSamples, filled, type Sample } from "./condition-samples";
import type { Part } from "./side";

type Context = NonNullable<Request["context"]>;

/** Where and under which circumstances an action is asked for. */
export interface Probe {
  readonly resource: string;
  readonly context: Context;
}

export interface ProbedCaller {
  readonly principal: Request["principal"];
  readonly account: AccountRef;
  /** Every way to be signed in that makes a difference. */
  readonly contexts: readonly Context[];
  /** What `${aws:username}` stands for; absent for roles. */
  readonly userName?: string;
}

/** More than this and only what belongs together is asked, not everything with everything. */
const MAX_PRODUCT = 600;
const MAX_CONTEXTS = 80;

/**
 * What to ask about one action: anywhere, and on every resource and under every condition that one of the parts names, fulfilled
 * and not, so that a change of any of them is seen.
 */
export function probesFor(
  action: string,
  parts: readonly Part[],
  { account, contexts: signedIn, userName }: ProbedCaller,
): readonly Probe[] {
  const service = action.slice(0, action.indexOf(":"));
  const contexts = signedIn.map((context) => ({ ...absentKeys(parts), ...context }));
  const anywhere = [sampleArn(account, service), "*"];
  const own = parts.map(({ statement }) => ({
    resources: resourcesOf(statement, userName),
    contexts: contexts.flatMap((context) => contextsOf(context, conditionSamples(statement?.["Condition"]))),
  }));
  const resources = unique([...anywhere, ...own.flatMap((each) => each.resources)]);
  const all = uniqueContexts([...contexts, ...own.flatMap((each) => each.contexts)]);
  if (resources.length * all.length <= MAX_PRODUCT) return product(resources, all);
  return [
    ...product(resources, contexts),
    ...product(anywhere, all),
    ...own.flatMap((each) => product(each.resources, uniqueContexts(each.contexts))),
  ];
}

function product(resources: readonly string[], contexts: readonly Context[]): readonly Probe[] {
  return resources.flatMap((resource) => contexts.map((context) => ({ resource, context })));
}

/** Each pattern with its wildcards filled, and a neighbour that it does not name unless it ends in one. */
function resourcesOf(statement: Part["statement"], userName: string | undefined): readonly string[] {
  const patterns = ["Resource", "NotResource"].flatMap((key) => [statement?.[key] ?? []].flat()).map(String);
  return patterns
    .filter((pattern) => pattern !== "*")
    .flatMap((pattern) => {
      const text = filled(userName === undefined ? pattern : pattern.replaceAll("${aws:username}", userName));
      return [text, `${text}-other`];
    });
}

/** All conditions fulfilled, and from there each value tried, each condition broken, by a wrong value and by none. */
function contextsOf(base: Context, conditions: readonly ConditionSamples[]): readonly Context[] {
  const fulfilled = conditions.reduce((context, { holds }) => (holds[0] ? put(context, holds[0]) : context), base);
  // A key that every request has is never left out: AWS sets it.
  const variants = conditions
    .flatMap(({ holds, fails }) => [...holds, ...fails])
    .filter(({ key, value }) => value !== undefined || !hasKey(base, key));
  return [fulfilled, ...variants.slice(0, MAX_CONTEXTS).map((sample) => put(fulfilled, sample))];
}

/** Every key that one of the parts asks for, told to be absent: a key that is not told at all is not known. */
function absentKeys(parts: readonly Part[]): Context {
  const keys = parts.flatMap(({ statement }) =>
    conditionSamples(statement?.["Condition"]).flatMap(({ holds, fails }) =>
      [...holds, ...fails].map(({ key }) => key),
    ),
  );
  return Object.fromEntries(keys.map((key) => [key.toLowerCase(), ABSENT]));
}

const ABSENT: readonly string[] = [];

function hasKey(context: Context, key: string): boolean {
  return Object.entries(context).some(([name, value]) => name.toLowerCase() === key.toLowerCase() && value !== ABSENT);
}

function put(context: Context, { key, value }: Sample): Context {
  const others = Object.entries(context).filter(([name]) => name.toLowerCase() !== key.toLowerCase());
  return Object.fromEntries([...others, [key, value ?? ABSENT]]);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function uniqueContexts(contexts: readonly Context[]): readonly Context[] {
  return [...new Map(contexts.map((context) => [stableJson(context), context])).values()];
}
