import type { Checked, Finding } from "../finding";
import { someError } from "../finding";
import type { Roster } from "../roster/roster";
import { compareText } from "../text";
import { checkApplicationPath } from "./application-path";
import { deepFreeze } from "./freeze";
import type { AccessPlan, AccountPlan } from "./plan";
import { checkQuotas } from "./quota-findings";
import { compileUserAccount } from "./user-account";
import { compileWorkloadAccount } from "./workload-account";

/**
 * What must exist so that exactly the roster's grants hold at `now`. Pure: the same roster and instant give an equal, frozen
 * plan. A grant past its `until` is absent; a breach of an IAM quota is a finding at the roster's line, never an apply error.
 */
export function compileAccess(roster: Roster, now: Date): Checked<AccessPlan> {
  const accounts: AccountPlan[] = [
    compileUserAccount(roster, now),
    ...roster.accounts.map((account) => compileWorkloadAccount(roster, account)),
  ];
  const findings: readonly Finding[] = [...checkApplicationPath(roster), ...checkQuotas(roster, accounts)];
  if (someError(findings)) return { ok: false, findings };
  const value = deepFreeze({
    organization: roster.organization,
    backend: roster.backend,
    stacks: stacksOf(roster, accounts),
  });
  return { ok: true, value, findings };
}

function stacksOf(roster: Roster, accounts: readonly AccountPlan[]): AccessPlan["stacks"] {
  const stackOf = new Map([roster.userAccount, ...roster.accounts].map(({ key, stack }) => [key, stack]));
  const keys = [...new Set(stackOf.values())].sort(compareText);
  return keys.map((key) => ({
    key,
    accounts: accounts.filter((account) => stackOf.get(account.key) === key).sort((a, b) => compareText(a.key, b.key)),
  }));
}
