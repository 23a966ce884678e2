import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { AccessChange } from "../access-change";
import { tellSetting } from "../tell-setting";

type AliasChange = Pick<AccessChange, "direction" | "kind" | "sentence"> & { readonly of: PlannedChange };

/** Another sign-in address of an account, in the words of the same change of the roster: a stranger can take the old one. */
export function aliasChanges(changes: readonly PlannedChange[]): readonly AliasChange[] {
  const aliases = changes.filter(({ type }) => type === "aws_iam_account_alias");
  const accounts = [...new Set(aliases.map(({ accountId }) => accountId))];
  return accounts.flatMap((id) => ofAccount(aliases.filter(({ accountId }) => accountId === id)));
}

/** An account has one alias: of several resources the one that is there before, and the one that is made. */
function ofAccount(aliases: readonly PlannedChange[]): readonly AliasChange[] {
  const has = (change: PlannedChange, ...actions: readonly string[]) =>
    change.actions.some((action) => actions.includes(action));
  const going = aliases.find((change) => has(change, "delete", "update"));
  const coming = aliases.find((change) => has(change, "create", "update"));
  const of = coming ?? going;
  if (of === undefined) return [];
  const [before, after] = [going?.before, coming?.after].map((values) => values?.["account_alias"]);
  const isKnown = coming === undefined || (typeof after === "string" && after !== "");
  if (!isKnown || (before !== undefined && typeof before !== "string"))
    return [
      { of, kind: "alias", direction: "unknown", sentence: "the account's alias changes to one that is not known" },
    ];
  if (before === after) return [];
  const values = { ...(typeof before === "string" && { before }), ...(typeof after === "string" && { after }) };
  const sentence = tellSetting({ kind: "alias", ...values });
  return [{ of, kind: "alias", direction: before === undefined ? "neutral" : "widening", sentence }];
}
