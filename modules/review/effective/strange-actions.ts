import { matchActions, readActions } from "../../evaluator/actions";
import { askedFor } from "../../evaluator/facts";
import { YES } from "../../evaluator/truth";
import { actionMatcher } from "../../iam/action-pattern";
import type { CatalogueAction } from "../../iam/catalogue";
import { compareText, stableJson } from "../../text";
import type { Part, Side } from "./side";

/**
 * Patterns that only one side has and that mean actions the catalogue does not know, newer than it or mistyped: all they mean,
 * or all they mean that they did not before. Nothing can be asked about those, so they are never silent. `touched` are the actions
 * that are asked about. Sorted.
 */
export function strangeActions(
  before: Side,
  after: Side,
  actions: readonly CatalogueAction[],
  touched: ReadonlySet<string>,
): readonly string[] {
  const [old, now] = [named(before), named(after)];
  const apart = [...new Map([...old, ...now])].filter(([key]) => old.has(key) !== now.has(key));
  const unnamed = apart.map(([, pattern]) => pattern).filter((pattern) => !isKnown(pattern, actions));
  const reaching = [...wider(before, after, "Allow"), ...wider(after, before, "Deny")].filter((pattern) => {
    const matches = actionMatcher(pattern);
    return !actions.some(({ name }) => touched.has(name) && matches(name));
  });
  return [...new Set([...unnamed, ...reaching])].sort(compareText);
}

/** Patterns with wildcards of this effect on the one side that nothing on the other contains, layer by layer. */
function wider(narrow: Side, wide: Side, effect: string): readonly string[] {
  return (["identity", "boundary"] as const).flatMap((layer) => {
    const [inner, outer] = [patternsOf(wide[layer], effect), patternsOf(narrow[layer], effect)];
    return narrow[layer] === undefined
      ? []
      : inner.filter((pattern) => /[*?]/.test(pattern) && !outer.some((other) => isWithin(pattern, other)));
  });
}

function patternsOf(parts: readonly Part[] = [], effect: string): readonly string[] {
  const own = parts.flatMap(({ statement }) => (statement?.["Effect"] === effect ? (statement["Action"] ?? []) : []));
  return [...new Set(own.map((action) => String(action).toLowerCase()))];
}

/** A `?` is one letter, which a star of the other may not be. */
function isWithin(pattern: string, outer: string): boolean {
  return pattern === outer || (!outer.includes("?") && actionMatcher(outer)(pattern));
}

/** Each action pattern of each statement, by the statement without its actions and the pattern. */
function named({ identity, boundary = [] }: Side): ReadonlyMap<string, string> {
  const all = (parts: readonly Part[], layer: string) =>
    parts.flatMap(({ rule, statement }) =>
      ["Action", "NotAction"].flatMap((key) =>
        [statement?.[key] ?? []].flat().map((action): readonly [string, string] => {
          const pattern = String(action).toLowerCase();
          return [stableJson([layer, rule, key, pattern]), pattern];
        }),
      ),
    );
  return new Map([...all(identity, "identity"), ...all(boundary, "boundary")]);
}

function isKnown(pattern: string, actions: readonly CatalogueAction[]): boolean {
  const read = readActions([pattern], false);
  return actions.some(({ name }) => matchActions(read, askedFor(name)) === YES);
}
