import { type CatalogueAction, catalogueOf } from "../iam/catalogue";
import catalogue from "../iam/catalogue.json";
import type { ManagedPolicies } from "../proof/checks/compiled-account";
import type { Roster } from "../roster/roster";
import { type AccessChange, sortChanges } from "./access-change";
import { diffAccounts } from "./diff-accounts";
import { diffDeclared } from "./diff-declared";
import { type RosterComparison, diffHoldings } from "./diff-holdings";
import { diffPeople } from "./diff-people";
import { diffTiers } from "./diff-tiers";
import { type PowerMemory, powerComparer, powersOf } from "./effective/role-powers";
import { diffNames, withNamesOf } from "./renames";

/**
 * Who gains and loses what from one roster to another at `now`, and what changes for whole tiers and accounts. Pure. `managed`: texts
 * of AWS's policies; what a tier with another one allows is unknown.
 */
export function diffAccess(
  before: Roster,
  head: Roster,
  now: Date,
  managed: ManagedPolicies = new Map(),
): readonly AccessChange[] {
  const base = withNamesOf(before, head);
  const compared = comparedOf(base, head, now, managed);
  return sortChanges([
    ...diffNames(before, head),
    ...diffHoldings(compared),
    ...diffPeople(base, head),
    ...diffTiers(compared),
    ...diffAccounts(base, head),
    ...diffDeclared(base, head),
  ]);
}

/** For a base without a roster: then everything is new. */
export function diffFromNothing(
  head: Roster,
  now: Date,
  managed: ManagedPolicies = new Map(),
): readonly AccessChange[] {
  const nobody = { ...head, people: [], teams: [] };
  const holdings = diffHoldings(comparedOf(nobody, head, now, managed));
  return sortChanges([...holdings, ...diffPeople(nobody, head), ...diffDeclared(undefined, head)]);
}

function comparedOf(base: Roster, head: Roster, now: Date, managed: ManagedPolicies): RosterComparison {
  const powers = { base: powersOf(base, managed), head: powersOf(head, managed) };
  actions ??= catalogueOf(catalogue).actions;
  return { base, head, now, powers, comparer: powerComparer(actions, now, MEMORY) };
}

let actions: readonly CatalogueAction[] | undefined;
/** Equal powers compare alike in every review of a process. */
const MEMORY: PowerMemory = new Map();
