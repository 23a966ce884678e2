import type { Holding } from "./holdings";

/** Finds what a person holds in an account, the strongest first. */
export function byPlace(holdings: readonly Holding[]): (person: string, account: string) => readonly Holding[] {
  const places = new Map<string, Holding[]>();
  const keyOf = (person: string, account: string) => JSON.stringify([person, account]);
  for (const holding of holdings) {
    const key = keyOf(holding.person.key, holding.account.key);
    const here = places.get(key);
    if (here) here.push(holding);
    else places.set(key, [holding]);
  }
  return (person, account) => places.get(keyOf(person, account)) ?? [];
}

/** Finds who holds a tier in an account. */
export function holdersOf(holdings: readonly Holding[]): (account: string, tier: string) => ReadonlySet<string> {
  const found = peopleBy(holdings, ({ account, tier }) => JSON.stringify([account.key, tier.key]));
  return (account, tier) => found.get(JSON.stringify([account, tier])) ?? new Set();
}

/** People by what their holdings have in common: each once, however many of them they have. */
export function peopleBy(
  holdings: readonly Holding[],
  keyOf: (holding: Holding) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const holding of holdings) {
    const key = keyOf(holding);
    const people = groups.get(key);
    if (people) people.add(holding.person.key);
    else groups.set(key, new Set([holding.person.key]));
  }
  return groups;
}
