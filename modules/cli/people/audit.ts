import { setTimeout } from "node:timers/promises";
import { jsonText } from "../json-text";
import { claimAccess } from "../../access/claims";
import { compileAccess } from "../../access/compile";
import type { AccountPlan } from "../../access/plan";
import { formatFinding, sortFindings } from "../../finding";
import type { AccountFacts, AuditLimits } from "../../audit/facts";
import { auditExit, runAudit } from "../../audit/run-audit";
import { renderAudit } from "../../audit/render-audit";
import { liveDocuments, liveGuards } from "../../live/live-documents";
import { type Classified, countedText, countsOf } from "../../proof/entrances/classified";
import { classifyAll } from "../../proof/entrances/classify";
import { type Proof, proveDocuments } from "../../proof/prove";
import type { Roster } from "../../roster/roster";
import { type Known, known, unknown } from "../../known";
import type { Context } from "../../machine/context";
import { expectSettledProfile } from "../devices/expect-settled";
import { openAccount } from "./open-account";
import { managedPolicies, readCatalogue } from "../proof/proof-data";
import { orExplain } from "../or-explain";
import { readRoster } from "../roster/read-roster";
import { mapPool } from "../../pool";

export interface AuditOptions extends AuditLimits {
  readonly roster?: string;
  readonly json: boolean;
}

/**
 * Holds what the accounts really hold against the roster and good practice; reads, and changes nothing. Exit 0 clean, 1
 * something is wrong, 2 something could not be told.
 */
export async function audit(context: Context, { roster: path, json, ...limits }: AuditOptions): Promise<number> {
  return orExplain(context, async () => {
    const roster = await readRoster(context, path);
    const plan = roster.ok ? compileAccess(roster.value, context.now) : undefined;
    for (const finding of sortFindings([...new Set([...roster.findings, ...(plan?.findings ?? [])])]))
      context.stderr(`${formatFinding(finding)}\n`);
    if (!roster.ok || !plan?.ok) return 2;
    const accounts = await readAll(
      context,
      plan.value.stacks.flatMap((stack) => stack.accounts),
    );
    const proof = proveLive(context, roster.value, accounts);
    const entrances = classify(context, roster.value, accounts);
    const items = runAudit({ roster: roster.value, now: context.now, accounts, proof, entrances, limits });
    const report = accounts.find(({ people }) => people)?.people?.credentials;
    const credentialReport = report?.known ? report.value.generated.toISOString() : undefined;
    if (json) {
      const expected = Object.fromEntries(byAccount(accounts, entrances).map(([key, all]) => [key, countsOf(all)]));
      const data = {
        credentialReport,
        accounts: accounts.map((each) => each.plan.key),
        expected,
        notSeen: NOT_SEEN,
        items,
      };
      context.stdout(jsonText("audit", data));
    } else {
      const counts = byAccount(accounts, entrances).flatMap(([key, all]) => {
        const text = countedText(all);
        return text === "" ? [] : [`expected in ${key}: ${text}`];
      });
      context.stdout(
        renderAudit(items, headingOf(accounts.length, credentialReport), [...counts, `not seen: ${NOT_SEEN}`]),
      );
    }
    return auditExit(items);
  });
}

function headingOf(accounts: number, credentialReport: string | undefined): string {
  const dated = credentialReport === undefined ? "no credential report" : `credential report of ${credentialReport}`;
  return `audit of ${accounts} accounts, ${dated}`;
}

/** What no reading of IAM can show; the text ends with it. */
const NOT_SEEN =
  "what runs without a role of IAM, open sessions, policies of resources (buckets, keys, queues), assignments of Identity Center, and what service control policies forbid";

function byAccount(
  accounts: readonly AccountFacts[],
  entrances: readonly Classified[],
): readonly (readonly [string, readonly Classified[]])[] {
  return accounts.map(({ plan: { key } }) => [key, entrances.filter(({ account }) => account === key)] as const);
}

/** What stands in the accounts, by their inventories; without the people of an account that was not read, nobody is said to take a role. */
function classify(context: Context, roster: Roster, accounts: readonly AccountFacts[]): readonly Classified[] {
  const documents = accounts.flatMap(({ plan, live, inventory }) => {
    if (!inventory.known) return [];
    const nobody = { id: plan.id, partition: plan.partition, users: [], groups: [], roles: [], policies: [] };
    return [liveDocuments(live.known ? live.value : nobody, inventory.value)];
  });
  const [catalogue, managed] = [readCatalogue(context), managedPolicies(context)];
  return classifyAll({ claims: claimAccess(roster), documents, catalogue, managed, now: context.now.getTime() });
}

/** Accounts at once: each has its own limits at AWS. */
const AT_ONCE = 8;

async function readAll(context: Context, plans: readonly AccountPlan[]): Promise<readonly AccountFacts[]> {
  const { readFacts } = await import("../../audit/read-facts");
  const { readAccount } = await import("../../live/read-account");
  const wait = (seconds: number) => setTimeout(seconds * 1000);
  await expectSettledProfile(context);
  context.stderr(`reading ${plans.map(({ key }) => key).join(", ")}\n`);
  return mapPool(plans, AT_ONCE, (plan) => {
    const { key, id: accountId, deployRoleArn, region } = plan;
    const readLive = () => readAccount({ key, accountId, deployRoleArn, region, sessionName: SESSION_NAME });
    return readFacts({ plan, now: context.now, wait, connect: () => openAccount(plan, SESSION_NAME), readLive });
  });
}

const SESSION_NAME = "rolecall-audit";

function proveLive(context: Context, roster: Roster, accounts: readonly AccountFacts[]): Known<Proof> {
  const unread = accounts.filter(({ live }) => !live.known).map(({ plan }) => plan.key);
  if (unread.length > 0) return unknown(`${unread.join(", ")} could not be read`);
  const read = accounts.flatMap(({ live }) => (live.known ? [live.value] : []));
  const documents = read.map((each) => liveDocuments(each));
  const guards = read.map(liveGuards);
  const catalogue = readCatalogue(context);
  return known(
    proveDocuments({
      ...{ claims: claimAccess(roster), documents, guards, catalogue },
      ...{ managed: managedPolicies(context), now: context.now },
    }),
  );
}
