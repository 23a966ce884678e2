import { matchActions, readActions } from "../../proof/actions";
import { askedFor } from "../../proof/facts";
import { NO } from "../../proof/truth";
import type { CatalogueAction } from "../../iam/catalogue";
import { compareText, stableJson } from "../../text";
import type { Part, Side } from "./side";

/**
 * Actions that only one side names and the catalogue does not know: newer than it, or mistyped. Nothing can be asked about them, so
 * they are never silent. Sorted.
 */
export function strangeActions(before: Side, after: Side, actions: readonly CatalogueAction[]): readonly string[] {
  const [old, now] = [named(before), named(after)];
  const apart = [...new Map([...old, ...now])].filter(([key]) => old.has(key) !== now.has(key));
  const patterns = [...new Set(apart.map(([, pattern]) => pattern))];
  return patterns.filter((pattern) => !isKnown(pattern, actions)).sort(compareText);
}

/** Each action pattern of each statement, by the statement without its actions and the pattern. */
function named({ identity, boundary = [] }: Side): ReadonlyMap<string, string> {
  const all = (parts: readonly Part[], layer: string) =>
    parts.flatMap(({ rule, statement }) =>
      [statement?.["Action"] ?? []].flat().map((action): readonly [string, string] => {
        const pattern = String(action).toLowerCase();
        return [stableJson([layer, rule, pattern]), pattern];
      }),
    );
  return new Map([...all(identity, "identity"), ...all(boundary, "boundary")]);
}

function isKnown(pattern: string, actions: readonly CatalogueAction[]): boolean {
  const read = readActions([pattern], false);
  return actions.some(({ name }) => matchActions(read, askedFor(name)) !== NO);
}
