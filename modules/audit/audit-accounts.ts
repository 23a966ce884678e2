import type { AccountPlan } from "../access/plan";
import { ACCOUNTS_AT_ONCE } from "../live/open-account";
import { mapPool } from "../pool";
import type { OpenAccount } from "../live/open-account";
import type { Classified } from "../proof/entrances/classified";
import type { Roster } from "../roster/roster";
import type { AuditLimits } from "./facts";
import type { AuditItem } from "./item";
import { classifyRead, type JudgingData, proveRead } from "./judge-read";
import { readFacts } from "./read-facts";
import type { Wait } from "./read-people";
import { runAudit } from "./run-audit";

export interface AuditRequest extends JudgingData {
  readonly roster: Roster;
  /** Every account of the roster's access plan. */
  readonly plans: readonly AccountPlan[];
  readonly limits: AuditLimits;
}

/** What an audit needs of the world. */
export interface AuditPorts {
  /** Asked twice for each account: a reading that fails asks its own client nothing more. */
  readonly open: OpenAccount;
  readonly wait: Wait;
}

export interface AuditReport {
  /** What every check says, most pressing first. */
  readonly items: readonly AuditItem[];
  /** What is in each account that was read, by its key. */
  readonly entrances: readonly (readonly [account: string, all: readonly Classified[]])[];
  /** When AWS made its credential report; absent without one. */
  readonly credentialReport?: string | undefined;
}

/** Holds what the accounts hold against the roster and good practice. Reads, and changes nothing; what cannot be read is an item. */
export async function auditAccounts(request: AuditRequest, ports: AuditPorts): Promise<AuditReport> {
  const { roster, plans, now, limits } = request;
  const accounts = await mapPool(plans, ACCOUNTS_AT_ONCE, (plan) => readFacts({ plan, now, ...ports }));
  const proof = proveRead(roster, accounts, request);
  const entrances = classifyRead(roster, accounts, request);
  const items = runAudit({ roster, now, accounts, proof, entrances, limits });
  const credentials = accounts.find(({ people }) => people)?.people?.credentials;
  return {
    items,
    entrances: plans.map(({ key }) => [key, entrances.filter(({ account }) => account === key)]),
    credentialReport: credentials?.known ? credentials.value.generated.toISOString() : undefined,
  };
}
