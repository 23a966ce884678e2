import { quote } from "../text";
import type { AskedAction } from "./facts";
import { globOf, matcherOf } from "./glob";
import { not, type Truth, UNKNOWN, YES, NO } from "./truth";

/** `Action` or `NotAction`. */
export interface Actions {
  readonly negated: boolean;
  readonly problems: readonly string[];
  /** True for `*`. */
  readonly every: boolean;
  /** Whole actions without wildcards, in lower case. */
  readonly exact: ReadonlySet<string>;
  /** By service in lower case: tests of the whole action. */
  readonly patterns: ReadonlyMap<string, readonly ((action: string) => boolean)[]>;
}

const PATTERN = /^([a-z0-9-]+):[a-z0-9*?_-]+$/;

/** `*`, or a service without wildcards, a colon and a name with them. Without case. Source: IAM User Guide, "Action". */
export function readActions(values: readonly string[], negated: boolean): Actions {
  const lower = values.map((value) => value.toLowerCase());
  const patterns = new Map<string, ((action: string) => boolean)[]>();
  for (const text of lower.filter((each) => PATTERN.test(each) && /[*?]/.test(each))) {
    const service = text.slice(0, text.indexOf(":"));
    const tests = patterns.get(service);
    if (tests) tests.push(matcherOf(globOf(text)));
    else patterns.set(service, [matcherOf(globOf(text))]);
  }
  return {
    negated,
    problems: [
      ...values.filter((_, at) => !isPattern(lower[at] ?? "")).map((value) => `${quote(value)} is not an action`),
      ...(values.length === 0 ? [`${negated ? "NotAction" : "Action"} is empty`] : []),
    ],
    every: lower.includes("*"),
    exact: new Set(lower.filter((each) => PATTERN.test(each) && !/[*?]/.test(each))),
    patterns,
  };
}

function isPattern(text: string): boolean {
  return text === "*" || PATTERN.test(text);
}

/** `*` */
export const EVERY_ACTION: Actions = readActions(["*"], false);

export function matchActions(actions: Actions, asked: AskedAction): Truth {
  const named = nameAction(actions, asked);
  return actions.negated ? not(named) : named;
}

function nameAction(actions: Actions, { action, service }: AskedAction): Truth {
  if (actions.every || (actions.exact.size > 0 && actions.exact.has(action))) return YES;
  const patterns = actions.patterns.size > 0 ? actions.patterns.get(service) : undefined;
  if (patterns) for (const matches of patterns) if (matches(action)) return YES;
  return actions.problems.length > 0 ? UNKNOWN : NO;
}

/** The services whose actions this can match; nothing when it can match any. */
export function servicesOf({ negated, problems, every, exact, patterns }: Actions): readonly string[] | undefined {
  if (negated || every || problems.length > 0) return undefined;
  return [...new Set([...[...exact].map((action) => action.slice(0, action.indexOf(":"))), ...patterns.keys()])];
}
