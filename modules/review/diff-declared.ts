import type { Place } from "../finding";
import { type Expected, NOTHING_EXPECTED } from "../iam/expected";
import type { Roster } from "../roster/roster";
import { compareText } from "../text";
import type { AccessChange } from "./access-change";

/** One thing that is declared to be in an account on purpose. */
interface Declared {
  readonly kind: "deploy-role" | "role" | "provider";
  readonly name: string;
  /** What it is held to, as text. */
  readonly terms: string;
  readonly place: Place;
}

interface Difference extends Declared {
  readonly account: string;
  readonly how: "added" | "changed" | "removed";
}

/**
 * What a roster declares to be in accounts on purpose (`expected`). It makes nothing, but audit and the live proof stop reporting it:
 * whatever comes, or is held to something else, is more access. What is the same in several accounts is said once.
 */
export function diffDeclared(base: Roster | undefined, head: Roster): readonly AccessChange[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences(declaredIn(base), declaredIn(head))) {
    const { kind, name, terms, how } = difference;
    const key = JSON.stringify([kind, name, terms, how]);
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()].flatMap(changeOf);
}

type ByThing = ReadonlyMap<string, Declared>;

function differences(before: ReadonlyMap<string, ByThing>, after: ReadonlyMap<string, ByThing>): readonly Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort(compareText).flatMap((account): Difference[] => {
    const [old, now] = [before.get(account), after.get(account)];
    const came = [...(now ?? [])].flatMap(([key, declared]): Difference[] => {
      const was = old?.get(key);
      if (was?.terms === declared.terms) return [];
      return [{ ...declared, account, how: was ? "changed" : "added" }];
    });
    const went = [...(old ?? [])].flatMap(([key, declared]): Difference[] =>
      now?.has(key) ? [] : [{ ...declared, account, how: "removed" }],
    );
    return [...came, ...went];
  });
}

function changeOf(group: readonly Difference[]): readonly AccessChange[] {
  const [first] = group;
  if (!first) return [];
  const { kind, how, name, place } = first;
  const accounts = group.map(({ account }) => account);
  return [
    {
      direction: how === "removed" ? "narrowing" : "widening",
      kind: how === "added" ? `declared-${kind}` : `declared-${kind}-${how}`,
      account: group.length === 1 ? first.account : undefined,
      name,
      accounts,
      place,
    },
  ];
}

/** By account and thing. */
function declaredIn(roster: Roster | undefined): ReadonlyMap<string, ByThing> {
  const accounts = roster ? [roster.userAccount, ...roster.accounts] : [];
  return new Map(accounts.map(({ key, expected = NOTHING_EXPECTED, place }) => [key, thingsOf(expected, place)]));
}

function thingsOf({ deployRole, roles, providers }: Expected, place: Place): ByThing {
  const all: Declared[] = [
    ...deployRole.map((name): Declared => ({ kind: "deploy-role", name, terms: "", place })),
    ...roles.map(({ name, trusts, fingerprint, place: at }): Declared => {
      return { kind: "role", name, terms: JSON.stringify([trusts, fingerprint]), place: at };
    }),
    ...providers.map(({ name, fingerprint, place: at }): Declared => {
      return { kind: "provider", name, terms: fingerprint, place: at };
    }),
  ];
  return new Map(all.map((each) => [JSON.stringify([each.kind, each.name]), each]));
}
