import { claimAccess } from "../access/claims";
import type { Catalogue } from "../iam/catalogue";
import { type Known, known, unknown } from "../known";
import { liveDocuments, liveGuards } from "../live/live-documents";
import type { ManagedPolicies } from "../proof/checks/compiled-account";
import type { Classified } from "../proof/entrances/classified";
import { classifyAll } from "../proof/entrances/classify";
import { type Proof, proveDocuments } from "../proof/prove";
import type { Roster } from "../roster/roster";
import type { AccountFacts } from "./facts";

/** What judging needs besides what was read. */
export interface JudgingData {
  readonly now: Date;
  readonly catalogue: Catalogue;
  /** Texts of AWS's own policies. */
  readonly managed: ManagedPolicies;
}

/** The proof of what the accounts hold; unknown where one of them was not read. */
export function proveRead(roster: Roster, accounts: readonly AccountFacts[], data: JudgingData): Known<Proof> {
  const unread = accounts.filter(({ live }) => !live.known).map(({ plan }) => plan.key);
  if (unread.length > 0) return unknown(`${unread.join(", ")} could not be read`);
  const read = accounts.flatMap(({ live }) => (live.known ? [live.value] : []));
  const { now, catalogue, managed } = data;
  const documents = read.map((each) => liveDocuments(each));
  return known(
    proveDocuments({ claims: claimAccess(roster), documents, guards: read.map(liveGuards), catalogue, managed, now }),
  );
}

/** What is in the accounts, by their inventories. Without the people of an account that was not read, nobody is said to take a role. */
export function classifyRead(
  roster: Roster,
  accounts: readonly AccountFacts[],
  { now, catalogue, managed }: JudgingData,
): readonly Classified[] {
  const documents = accounts.flatMap(({ plan, live, inventory }) => {
    if (!inventory.known) return [];
    const nobody = { id: plan.id, partition: plan.partition, users: [], groups: [], roles: [], policies: [] };
    return [liveDocuments(live.known ? live.value : nobody, inventory.value)];
  });
  return classifyAll({ claims: claimAccess(roster), documents, catalogue, managed, now: now.getTime() });
}
