import { compileMatrix } from "../access/matrix";
import type { Roster } from "../roster/roster";

/** Keys of the accounts where the person is an administrator at `now`, and nobody else of the roster is. */
export function loneAdministratorships(roster: Roster, person: string, now: Date): readonly string[] {
  const { accounts, rows } = compileMatrix(roster, now);
  const administrators = (account: string) =>
    rows
      .filter(({ cells }) =>
        cells.some((cell) => cell.account === account && cell.tiers.some(({ tier }) => tier === "administrator")),
      )
      .map((row) => row.person);
  return accounts.filter((account) => {
    const held = administrators(account);
    return held.length === 1 && held[0] === person;
  });
}
