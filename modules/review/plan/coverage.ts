import type { TerraformPlan } from "../../terraform/read/read-plan";
import { quote } from "../../text";
import type { AccessChange } from "../access-change";

/** A plan and the file it came from. */
export interface NamedPlan {
  readonly file: string;
  readonly plan: TerraformPlan;
}

/**
 * Which accounts the plans speak of, and where that is not what the rosters need. `keys`: account key by id; `changed`: ids of
 * the accounts whose plan has something to do.
 */
export function coverageChanges(
  plans: readonly NamedPlan[],
  keys: ReadonlyMap<string, string>,
  changed: readonly string[],
): readonly AccessChange[] {
  const found: AccessChange[] = [];
  const say = (sentence: string, account?: string) =>
    found.push({ direction: "unknown", sentence, ...(account === undefined ? {} : { account }) });
  const files = new Map<string, string>();
  for (const { file, plan } of plans) {
    const ids = accountsOf(plan);
    if (ids.length === 0) say(`the plan in ${quote(file)} names no account, so it is no witness`);
    for (const id of ids) {
      const key = keys.get(id);
      const other = files.get(id);
      if (key === undefined) say(`the plan in ${quote(file)} is of the account ${id}, which the roster does not know`);
      if (other !== undefined)
        say(`${quote(other)} and ${quote(file)} are both plans of the account ${id}; give one`, key);
      files.set(id, file);
    }
    for (const doubt of plan.doubts) say(`the plan in ${quote(file)} cannot say all clear: ${doubt}`, only(plan, keys));
  }
  for (const id of changed) {
    const account = keys.get(id) ?? id;
    if (!files.has(id)) say(`no plan of ${account} was given, so nobody knows what its apply will really do`, account);
  }
  return found;
}

/** Of its providers, and of resources whose ARN leads elsewhere. */
function accountsOf({ accountIds, prior, after }: TerraformPlan): readonly string[] {
  return [...new Set([...accountIds, ...[...prior, ...after].flatMap(({ accountId }) => accountId ?? [])])];
}

function only({ accountIds }: TerraformPlan, keys: ReadonlyMap<string, string>): string | undefined {
  return accountIds.length === 1 ? keys.get(accountIds[0] ?? "") : undefined;
}
