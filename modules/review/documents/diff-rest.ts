import type { RestItem, StackRest } from "../../terraform/read/stack-rest";
import type { AccessChange } from "../access-change";

/** Accounts by id that are in both rosters, and whether they are in the same stacks. */
export interface RestContext {
  readonly accounts: ReadonlySet<string>;
  readonly sameStacks: boolean;
}

/**
 * What two synth outputs say differently besides the documents of accounts. What it comes to is unknown;
 * values may be secrets and are not shown. Left out is what comes or goes with a role, a group, an account or a stack, which is
 * a change of its own.
 */
export function diffRest(before: StackRest, after: StackRest, context: RestContext): readonly AccessChange[] {
  const keys = [...new Set([...before.items.keys(), ...after.items.keys()])];
  const apart = keys.flatMap((key): readonly RestItem[] => {
    const [old, now] = [before.items.get(key), after.items.get(key)];
    const item = now ?? old;
    if (item === undefined || old?.text === now?.text) return [];
    return old !== undefined && now !== undefined ? [item] : comesAlone(item, before, after, context) ? [item] : [];
  });
  const groups = new Map<string, RestItem[]>();
  for (const item of apart) groups.set(item.what, [...(groups.get(item.what) ?? []), item]);
  return [...groups].map(([part, items]) => ({
    direction: "unknown",
    kind: "stacks-differ",
    part,
    which: items.map(({ which }) => which),
  }));
}

/** Of an item on one side only: whether that is news. */
function comesAlone(
  { what, text, of }: RestItem,
  before: StackRest,
  after: StackRest,
  { accounts, sameStacks }: RestContext,
): boolean {
  if (of !== undefined) {
    const isThere = before.owners.has(of) && after.owners.has(of);
    return isThere || (of.startsWith("stack ") && sameStacks);
  }
  if (what !== "provider") return true;
  const ids = JSON.parse(text) as readonly unknown[];
  return ids.length !== 1 || accounts.has(String(ids[0]));
}
