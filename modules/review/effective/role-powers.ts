import { accessDocuments } from "../../access/plan-documents";
import { compileWorkloadAccount } from "../../access/workload-account";
import type { RoleDocuments } from "../../iam/account-documents";
import type { CatalogueAction } from "../../iam/catalogue";
import type { PartitionId } from "../../iam/partition";
import type { ManagedPolicies } from "../../proof/checks/compiled-account";
import type { Account, Roster } from "../../roster/roster";
import { stableJson } from "../../text";
import { byRisk } from "./by-risk";
import { type AnswerDifference, compareSides } from "./compare";
import { mayWiden } from "./contains";
import { asSide, roleCaller, textsOf } from "./rights-changes";
import { partsFor, rulesFor, type Side, sideOf } from "./side";
import { strangeActions } from "./strange-actions";

/** What a tier's role in an account can do. Equal texts are equal powers, in whichever account. */
export interface Power {
  readonly accountId: string;
  readonly partition: PartitionId;
  readonly text: string;
  readonly role: RoleDocuments;
  readonly side: Side;
}

/** The powers of a roster's tiers, compiled when they are asked for; `undefined` for a tier or account it does not have. */
export type Powers = (account: string, tier: string) => Power | undefined;

/** `managed`: texts of AWS's policies; of one that is not among them nothing is known. */
export function powersOf(roster: Roster, managed: ManagedPolicies): Powers {
  const accounts = new Map(roster.accounts.map((account) => [account.key, account]));
  const known = new Map<Account["spectatorReads"], ReadonlyMap<string, Power>>();
  return (key, tier) => {
    const account = accounts.get(key);
    if (account === undefined) return undefined;
    const power = once(known, account.spectatorReads, () => anyPowers(roster, account, managed)).get(tier);
    return power && { ...power, accountId: account.id };
  };
}

/** In place of an account's own id: but for it, a tier's role is the same in all accounts where spectators read the same. */
const ANY_ACCOUNT = "000000000000";

function anyPowers(roster: Roster, one: Account, managed: ManagedPolicies): ReadonlyMap<string, Power> {
  const { organization, backend } = roster;
  const account = compileWorkloadAccount(roster, { ...one, id: ANY_ACCOUNT });
  const documents = accessDocuments({ organization, backend, stacks: [{ key: one.stack, accounts: [account] }] });
  return new Map(
    documents.flatMap((all) =>
      all.roles.map((role) => {
        const { told } = textsOf([all, role], managed);
        return [
          role.name,
          {
            accountId: ANY_ACCOUNT,
            partition: one.partition,
            text: stableJson(told),
            role,
            side: asSide(ANY_ACCOUNT, told),
          },
        ] as const;
      }),
    ),
  );
}

/** Compares powers, each pair once, over all of these actions. */
export interface PowerComparer {
  /** True only where it is certain that the inner one can do nothing that the outer one cannot. */
  readonly within: (inner: Power, outer: Power) => boolean;
  /** What one can do that none of the others can, the most dangerous first; against nothing: all that it can do. */
  readonly beyond: (power: Power, others: readonly Power[]) => Beyond;
}

export interface Beyond {
  readonly can: readonly string[];
  /** Of these it is unknown. */
  readonly perhaps: readonly string[];
}

/** Compares over these actions. `memory`: what another comparer over the same actions has found out already. */
export function powerComparer(
  actions: readonly CatalogueAction[],
  now: Date,
  memory: PowerMemory = new Map(),
): PowerComparer {
  const ordered = byRisk(actions);
  const keyOf = (what: string, power: Power, others: readonly Power[]) =>
    JSON.stringify([what, power.text, ...others.map(({ text }) => text)]);
  const compare = (power: Power, other: Power | undefined) =>
    remembered(memory, keyOf(`compare at ${now.getTime()}`, power, other ? [other] : []), () => {
      const before = other?.side ?? sideOf(ANY_ACCOUNT, [], undefined);
      const caller = { id: ANY_ACCOUNT, partition: power.partition };
      return compareSides(before, power.side, roleCaller(caller, power.role, now), { date: "", actions });
    });
  return {
    within: (inner, outer) =>
      inner.text === outer.text ||
      remembered(memory, keyOf("within", inner, [outer]), () => isWithin(inner.side, outer.side, ordered)),
    beyond: (power, others) =>
      remembered(memory, keyOf(`beyond at ${now.getTime()}`, power, others), () =>
        beyondAll((others.length === 0 ? [undefined] : others).map((other) => compare(power, other))),
      ),
  };
}

/** Answers by question. */
export type PowerMemory = Map<string, unknown>;

function remembered<T>(memory: PowerMemory, key: string, work: () => T): T {
  return once(memory as Map<string, T>, key, work);
}

/** Actions that each comparison found gained, and those that none of them ruled out. */
function beyondAll([first, ...more]: readonly AnswerDifference[]): Beyond {
  if (first === undefined) return { can: [], perhaps: [] };
  const gained = more.map((each) => new Set(each.gained));
  const open = more.map((each) => new Set([...each.gained, ...each.unknown]));
  const can = first.gained.filter((action) => gained.every((set) => set.has(action)));
  const certain = new Set(can);
  const perhaps = [...new Set([...first.gained, ...first.unknown])].filter(
    (action) => !certain.has(action) && open.every((set) => set.has(action)),
  );
  return { can, perhaps };
}

function once<K, T>(known: Map<K, T>, key: K, work: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = work();
  known.set(key, value);
  return value;
}

/** By what the statements say of each action: samples could not show it, so nothing is asked. */
function isWithin(inner: Side, outer: Side, actions: readonly CatalogueAction[]): boolean {
  if (isEverything(outer)) return true;
  const known = new Map<string, boolean>();
  const touched = new Set<string>();
  for (const { name } of actions) {
    const rules = [rulesFor(outer, name), rulesFor(inner, name)];
    if (rules[0] === rules[1]) continue;
    touched.add(name);
    if (once(known, JSON.stringify(rules), () => mayWiden(saidOf(outer, name), saidOf(inner, name)))) return false;
  }
  return strangeActions(outer, inner, actions, touched).length === 0;
}

function saidOf({ identity, boundary }: Side, action: string) {
  return { identity: partsFor(identity, action), boundary: boundary && partsFor(boundary, action) };
}

/** Everything is allowed, and nothing denied or bounded, also of actions that are yet to come. */
function isEverything({ identity, boundary }: Side): boolean {
  const isAll = (value: unknown) => [value].flat().includes("*");
  return (
    boundary === undefined &&
    identity.every(({ statement }) => statement?.["Effect"] === "Allow") &&
    identity.some(
      ({ statement }) =>
        statement !== undefined &&
        isAll(statement["Action"]) &&
        isAll(statement["Resource"]) &&
        statement["Condition"] === undefined,
    )
  );
}
