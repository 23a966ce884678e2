import type { Roster } from "../roster/roster";
import { grantsOf } from "./grants";

/** Which tiers each person holds in each account at one instant: the rows of every picture. */
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

/** Tiers in the order of the tier list, strongest first; empty without access. */
export interface MatrixCell {
  readonly account: string;
  readonly tiers: readonly HeldTier[];
}

export interface HeldTier {
  readonly tier: string;
  /** The latest end among the grants of this tier; absent when one of them has none. */
  readonly until?: string;
}

const STRENGTH = ["administrator", "operator", "spectator"];

/** Law: a person holds a tier here exactly if a current grant of theirs or of one of their teams names it. */
export function compileMatrix(roster: Roster, now: Date): AccessMatrix {
  const accounts = roster.accounts.map(({ key }) => key);
  const rows = roster.people.map((person) => {
    const grants = grantsOf(roster, person, now);
    const cells = accounts.map((account) => {
      const here = grants.filter((grant) => grant.account === account);
      const tiers = [...new Set(here.map(({ tier }) => tier))].sort(
        (a, b) => strength(a) - strength(b) || (a < b ? -1 : 1),
      );
      return {
        account,
        tiers: tiers.map((tier) =>
          heldTier(
            tier,
            here.filter((grant) => grant.tier === tier),
          ),
        ),
      };
    });
    return { person: person.key, teams: person.teams, cells };
  });
  return { accounts, rows };
}

/** Own tiers come after the built-in three. */
function strength(tier: string): number {
  const index = STRENGTH.indexOf(tier);
  return index < 0 ? STRENGTH.length : index;
}

function heldTier(tier: string, grants: readonly { readonly until?: string }[]): HeldTier {
  const ends = grants.map(({ until }) => until);
  if (ends.includes(undefined)) return { tier };
  const until = ends
    .filter((end) => end !== undefined)
    .sort()
    .at(-1);
  return until === undefined ? { tier } : { tier, until };
}
