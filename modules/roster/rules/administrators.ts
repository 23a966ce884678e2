import { finding, type Rule } from "../rule";
import { waysIn } from "../ways";

/** Every account has an administrator whose access does not end: without one, nobody could repair it. */
export const administrators: Rule = (roster) => {
  const lasting = waysIn(roster)
    .flatMap(({ ways }) => ways)
    .filter(({ tier, until }) => tier === "administrator" && until === undefined);
  const administered = new Set(lasting.map(({ account }) => account));
  return roster.accounts
    .filter(({ key }) => !administered.has(key))
    .map(({ key, place }) =>
      finding(
        "no-administrator",
        place,
        `${key} has no permanent administrator, so nobody could repair it; grant administrator to a team`,
      ),
    );
};
