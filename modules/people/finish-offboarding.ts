import { type IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { isoSeconds, revocationEnds, type StandingRevocation } from "../iam/revocation";
import { askAll } from "../live/ask-all";
import { expectedReason } from "../live/aws-problem";
import { ACCOUNTS_AT_ONCE } from "../live/open-account";
import { mapPool } from "../pool";
import type { OpenableAccount, OpenAccount } from "../live/open-account";
import { readRevocations, removeRevocation } from "./sessions/revoke";
import { readRoleAndTime } from "./sessions/server-time";

/** The denial of sessions that an offboarding left on a role, and what becomes of it. */
export interface LeftDenial {
  readonly account: string;
  readonly role: string;
  readonly policy: string;
  readonly outcome: "removed" | "would be removed" | "too early" | "not ours";
  /** When it may be removed. */
  readonly ends?: string;
}

export interface FinishRequest {
  readonly accounts: readonly OpenableAccount[];
  readonly now: Date;
  /** Remove nothing. */
  readonly dryRun: boolean;
}

export interface Finished {
  readonly seen: readonly LeftDenial[];
  /** One line for each account that could not be read to its end. */
  readonly failures: readonly string[];
}

/** Removes the denials of offboardings that deny no session that can still live. An account that fails does not hold up the others. */
export async function finishOffboardings(
  { accounts, now, dryRun }: FinishRequest,
  ports: { readonly open: OpenAccount; readonly reading: (account: string) => void },
): Promise<Finished> {
  const found = await mapPool(accounts, ACCOUNTS_AT_ONCE, async (account) => {
    const seen: LeftDenial[] = [];
    try {
      const iam = await ports.open(account);
      ports.reading(account.key);
      for await (const denial of finishAccount(iam, account.key, now, dryRun)) seen.push(denial);
      return { seen };
    } catch (error) {
      return { seen, failure: `${account.key}: ${expectedReason(error)}` };
    }
  });
  return { seen: found.flatMap(({ seen }) => seen), failures: found.flatMap(({ failure }) => failure ?? []) };
}

async function* finishAccount(iam: IAMClient, account: string, now: Date, dryRun: boolean): AsyncGenerator<LeftDenial> {
  const roles = await askAll(iam, ListRolesCommand, {}, ({ Roles }) => Roles);
  const names = roles.filter(isChangeable).map(({ RoleName = "" }) => RoleName);
  for (const name of names.sort()) {
    for (const standing of await readRevocations(iam, name)) {
      const { now: theirs } = await readRoleAndTime(iam, name);
      // The earlier of the two clocks: a denial that goes too early lets sessions work again.
      const denial = judge(account, standing, new Date(Math.min(theirs.getTime(), now.getTime())));
      const isOver = denial.outcome === "removed";
      if (isOver && !dryRun) await removeRevocation(iam, name, standing.policyName);
      yield isOver && dryRun ? { ...denial, outcome: "would be removed" } : denial;
    }
  }
}

/** Roles of AWS's own services cannot carry an inline policy. */
function isChangeable({ Path }: { readonly Path?: string | undefined }): boolean {
  return !Path?.startsWith("/aws-service-role/");
}

function judge(account: string, standing: StandingRevocation, now: Date): LeftDenial {
  const { roleName: role, policyName: policy, revocation } = standing;
  if (revocation === undefined) return { account, role, policy, outcome: "not ours" };
  const ends = revocationEnds(revocation);
  const outcome = now.getTime() >= ends.getTime() ? "removed" : "too early";
  return { account, role, policy, outcome, ends: isoSeconds(ends) };
}
