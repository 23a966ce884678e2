import type { AccountDocuments } from "../../iam/account-documents";
import type { PlannedChange } from "../../terraform/read/plan-changes";
import type { TerraformPlan } from "../../terraform/read/read-plan";
import { unreadMembers } from "../../terraform/read/unread-members";
import { type AccessChange, PLAN_DIFFERS, planDiffers, sortChanges } from "../access-change";
import { aliasChanges } from "./account-alias";
import { disagreements } from "./agreement";
import { changedAccounts } from "./changed-accounts";
import { coverageChanges, type NamedPlan } from "./coverage";
import { unknownsOf, planDocuments } from "./documents";
import { type Diff, driftChanges } from "./drift";
import { driftRest } from "./drift-rest";
import { firstApplies, neverApplied } from "./first-apply";
import { hangingChanges } from "./hanging";
import { lifecycleChanges, movedAddresses } from "./lifecycle";
import { outsideChanges, standingExtras } from "./outside";
import { orphans } from "./orphans";
import { passwordPolicyChanges } from "./password-policy";
import { resourceKindOf, plannedNameOf, type OfResource } from "./resource";
import { correctRenames, type PlannedUsers, plannedUsers } from "./said-leavers";

/** What the rosters say, as documents of every account. */
export interface RosterWitness {
  /** Key of each account by id, of both rosters. */
  readonly keys: ReadonlyMap<string, string>;
  /** Absent when the review has no base: then only the end of the plans is held against the roster. */
  readonly base?: readonly AccountDocuments[];
  readonly head: readonly AccountDocuments[];
}

export interface PlanReview {
  /** What of the plans is held against the rosters: the change from base to head, or without a base only their end. */
  readonly held: "change" | "end";
  /** Why the plans are not the whole truth about these rosters. */
  readonly doubts: readonly AccessChange[];
  /** Where the plans do something else than the roster says: to be said before everything else. */
  readonly disagreements: readonly AccessChange[];
  /** What the plans will do to access, in AWS as it is now. */
  readonly planned: readonly AccessChange[];
  /** What else a person who approves should know: drift, what is left behind, created again or taken over, what is not judged. */
  readonly besides: readonly AccessChange[];
  /** Of every user that the plans delete, or do not know, or keep: the person's name by what becomes of it. */
  readonly users: PlannedUsers;
  /** Keys of the accounts the plans cover, sorted. */
  readonly covered: readonly string[];
}

/**
 * The plans as a second witness next to the rosters: what their apply will really do to access. Pure; of the plans nothing but
 * facts of IAM enters a sentence.
 */
export function reviewPlans(plans: readonly NamedPlan[], witness: RosterWitness, engine: Diff): PlanReview {
  const { keys, base, head } = witness;
  const diff = ofChanged(engine);
  const usable = plans.filter(({ plan }) => !plan.errored).map(({ plan }) => plan);
  const documents = planDocuments(usable);
  const never = base === undefined ? new Set<string>() : neverApplied(usable);
  // Of what was never applied the roster's own change is asked for; that everything is new there is said in one line.
  const applied = documents.before.filter(({ id }) => !never.has(id));
  const before = among(applied, base ?? head, keys);
  const after = among(documents.after, head, keys);
  const users = plannedUsers(usable, keys);
  const planned = correctRenames(diff(before, after), users);
  const apart = diff(stripped(head), after);
  const said = base && diff(stripped(base), stripped(head));
  const compared = disagreements({ planned, apart, ...(said && { said }) });
  const isApart = ({ kind }: AccessChange) => kind === PLAN_DIFFERS;
  return {
    held: base === undefined ? "end" : "change",
    doubts: sortChanges(coverageChanges(plans, keys, base ? plannable(base, head) : [])),
    disagreements: sortChanges([
      ...compared.filter(isApart),
      ...hangingChanges(head, after, keys),
      ...usable.flatMap((plan) => extras(plan, keys)),
    ]),
    planned: sortChanges(planned),
    besides: sortChanges([
      ...compared.filter((change) => !isApart(change)),
      ...firstApplies(base === undefined ? neverApplied(usable) : never, usable, keys),
      ...[...unknownsOf(documents, usable), ...orphans(documents)].map(({ id, change }) => placed(change, id, keys)),
      ...driftChanges(usable, (one, other) => diff(among(one, head, keys), among(other, head, keys))),
      ...usable.flatMap((plan) => besides(plan, keys)),
    ]),
    users,
    covered: [...new Set(plans.flatMap(({ plan }) => plan.accountIds.flatMap((id) => keys.get(id) ?? [])))].sort(),
  };
}

/** Asks the engine only about accounts that differ: about the others it would say nothing, slowly. */
function ofChanged(engine: Diff): Diff {
  return (before, after) => {
    const ids = new Set(changedAccounts(before, after));
    const among = (all: readonly AccountDocuments[]) => all.filter(({ id }) => ids.has(id));
    return ids.size === 0 ? [] : engine(among(before), among(after));
  };
}

/** An account that left the roster has no stack any more, so no plan of it can be asked for; that it left is said anyway. */
function plannable(base: readonly AccountDocuments[], head: readonly AccountDocuments[]): readonly string[] {
  const ids = new Set(head.map(({ id }) => id));
  return changedAccounts(base, head).filter((id) => ids.has(id));
}

/**
 * The plans' accounts among the others as the roster has them: who may take a role depends on two accounts, and not every
 * account needs a plan. Accounts no roster knows are left out; that there are any is a change of its own.
 */
function among(
  planned: readonly AccountDocuments[],
  others: readonly AccountDocuments[],
  keys: ReadonlyMap<string, string>,
): readonly AccountDocuments[] {
  const ids = new Set(planned.map(({ id }) => id));
  return stripped([...planned.filter(({ id }) => keys.has(id)), ...others.filter(({ id }) => !ids.has(id))]);
}

/** What is unknown about an account is a change of its own. */
function stripped(accounts: readonly AccountDocuments[]): readonly AccountDocuments[] {
  return accounts.map((account) => ({ ...account, unknowns: [] }));
}

function besides(plan: TerraformPlan, keys: ReadonlyMap<string, string>): readonly AccessChange[] {
  const { changes, accountIds } = plan;
  const only = accountIds.length === 1 ? accountIds[0] : undefined;
  return [
    ...[
      ...lifecycleChanges(changes),
      ...joined(changes),
      ...passwordPolicyChanges(changes),
      ...driftRest(plan),
      ...aliasChanges(changes),
    ].map(({ of, change }) => placed({ ...change, person: personOf(of) }, of.accountId, keys)),
    ...movedAddresses(changes).map((change) => placed(change, only, keys)),
  ];
}

function joined(changes: TerraformPlan["changes"]): readonly OfResource[] {
  return unreadMembers(changes).map(({ change: of, group }) => ({
    of,
    change: { direction: "widening", kind: "members-unread", group },
  }));
}

/** What no stack of Rolecall's has. */
function extras(
  { changes, after, rest, accountIds }: TerraformPlan,
  keys: ReadonlyMap<string, string>,
): readonly AccessChange[] {
  const only = accountIds.length === 1 ? accountIds[0] : undefined;
  const found = [
    ...outsideChanges(changes),
    ...standingExtras(after, changes),
    ...rest.map((reason): AccessChange => ({ direction: "unknown", kind: "plan-unread", reason })),
  ];
  return found.map((change) => planDiffers("itself", placed(change, only, keys)));
}

function personOf(change: PlannedChange): string | undefined {
  return resourceKindOf(change) === "user" ? plannedNameOf(change, "name") : undefined;
}

function placed(change: AccessChange, id: string | undefined, keys: ReadonlyMap<string, string>): AccessChange {
  const account = id === undefined ? undefined : keys.get(id);
  return account === undefined ? change : { ...change, account };
}
