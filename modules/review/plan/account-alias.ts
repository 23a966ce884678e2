import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { OfResource } from "./resource";

/** Another sign-in address of an account, equal to the same change of the roster: a stranger can take the old one. */
export function aliasChanges(changes: readonly PlannedChange[]): readonly OfResource[] {
  const aliases = changes.filter(({ type }) => type === "aws_iam_account_alias");
  const accounts = [...new Set(aliases.map(({ accountId }) => accountId))];
  return accounts.flatMap((id) => ofAccount(aliases.filter(({ accountId }) => accountId === id)));
}

/** An account has one alias: of several resources the one that is there before, and the one that is made. */
function ofAccount(aliases: readonly PlannedChange[]): readonly OfResource[] {
  const has = (change: PlannedChange, ...actions: readonly string[]) =>
    change.actions.some((action) => actions.includes(action));
  const coming = aliases.find((change) => has(change, "create", "update"));
  const going = aliases.find((change) => has(change, "delete", "update"));
  // A new alias takes the place of the one that Terraform merely forgets.
  const left = coming && aliases.find((change) => has(change, "forget"));
  return changed(going ?? left, coming);
}

function changed(going: PlannedChange | undefined, coming: PlannedChange | undefined): readonly OfResource[] {
  // The first alias of an account takes nothing from anybody; whether it is the roster's is asked besides.
  if (going === undefined) return [];
  const of = coming ?? going;
  const [before, after] = [aliasIn(going.before), coming && aliasIn(coming.after)];
  if (before === undefined || (coming && after === undefined))
    return [{ of, change: { kind: "alias-unknown", direction: "unknown" } }];
  return before === after ? [] : [{ of, change: { kind: "alias", direction: "widening", before, after } }];
}

function aliasIn({ account_alias: alias }: PlannedChange["before"]): string | undefined {
  return typeof alias === "string" && alias !== "" ? alias : undefined;
}
