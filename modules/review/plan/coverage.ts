import type { TerraformPlan } from "../../terraform/read/read-plan";
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
  const direction = "unknown";
  const files = new Map<string, string>();
  for (const { file, plan } of plans) {
    const ids = accountsOf(plan);
    if (ids.length === 0) found.push({ direction, kind: "plan-without-account", file });
    for (const id of ids) {
      const key = keys.get(id);
      const other = files.get(id);
      if (key === undefined) found.push({ direction, kind: "plan-of-unknown-account", file, id });
      if (other !== undefined) found.push({ direction, kind: "plan-twice", account: key, files: [other, file], id });
      files.set(id, file);
    }
    for (const reason of plan.doubts)
      found.push({ direction, kind: "plan-doubt", account: only(plan, keys), file, reason });
  }
  for (const id of changed) {
    const account = keys.get(id) ?? id;
    if (!files.has(id)) found.push({ direction, kind: "plan-missing", account });
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
