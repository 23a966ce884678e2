import type { Roster } from "../roster/roster";
import { byPlace } from "./holding-index";
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
  readonly tiers: readonly MatrixTier[];
}

export interface MatrixTier {
  readonly tier: string;
  /** The latest end among the grants of this tier; absent when one of them has none. */
  readonly until?: string | undefined;
}

/** The holdings of `now` with a cell for each person and account. */
export function compileMatrix(roster: Roster, now: Date): AccessMatrix {
  const accounts = roster.accounts.map(({ key }) => key);
  const at = byPlace(holdingsOf(roster, now));
  const tiersAt = (person: string, account: string) =>
    at(person, account).map(({ tier, until }): MatrixTier => ({ tier: tier.key, until }));
  const rows = roster.people.map(({ key: person, teams }) => ({
    person,
    teams,
    cells: accounts.map((account) => ({ account, tiers: tiersAt(person, account) })),
  }));
  return { accounts, rows };
}
