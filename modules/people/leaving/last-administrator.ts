import { holdersOf } from "../../access/holding-index";
import { holdingsOf } from "../../access/holdings";
import type { Roster } from "../../roster/roster";

/** Keys of the accounts where the person is an administrator at `now`, and nobody else of the roster is. */
export function loneAdministratorships(roster: Roster, person: string, now: Date): readonly string[] {
  const holders = holdersOf(holdingsOf(roster, now));
  return roster.accounts
    .map(({ key }) => key)
    .filter((account) => {
      const administrators = holders(account, "administrator");
      return administrators.size === 1 && administrators.has(person);
    });
}
