import type { Roster } from "../roster/roster";
import { holdingsOf } from "./holdings";

/** Which tiers each person holds in each account at one instant, as a table. */
export interface AccessMatrix {
  readonly accounts: readonly string[];
  readonly rows: readonly MatrixRow[];
}

export interface MatrixRow {
  readonly person: string;
  readonly teams: readonly string[];
  /** One for each account, in the order of `accounts`. */
  readonly cells: readonly MatrixCell[];
}

/** Tiers strongest first; empty without access. */
export interface MatrixCell {
  readonly account: string;
  readonly tiers: readonly HeldTier[];
}

export interface HeldTier {
  readonly tier: string;
  /** The latest end among the grants of this tier; absent when one of them has none. */
  readonly until?: string;
}

/** The holdings of `now` with a cell for each person and account. */
export function compileMatrix(roster: Roster, now: Date): AccessMatrix {
  const accounts = roster.accounts.map(({ key }) => key);
  const held = new Map(roster.people.map(({ key }) => [key, new Map<string, HeldTier[]>()]));
  for (const { person, account, tier, until } of holdingsOf(roster, now)) {
    const cells = held.get(person.key);
    const tiers = [...(cells?.get(account.key) ?? []), { tier: tier.key, ...(until === undefined ? {} : { until }) }];
    cells?.set(account.key, tiers);
  }
  const rows = roster.people.map(({ key: person, teams }) => ({
    person,
    teams,
    cells: accounts.map((account) => ({ account, tiers: held.get(person)?.get(account) ?? [] })),
  }));
  return { accounts, rows };
}
