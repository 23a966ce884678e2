import { didYouMean, quote } from "../../text";
import { allGrants, finding, type Rule } from "../rule";

/** Every account, environment, tier and team that is named exists. */
export const knownNames: Rule = (roster) => {
  const accounts = roster.accounts.map(({ key }) => key);
  const environments = [...new Set(roster.accounts.flatMap(({ environment }) => environment ?? []))];
  const tiers = roster.tiers.map(({ key }) => key);
  const teams = roster.teams.map(({ key }) => key);
  const unknown = (code: string, what: string, given: string, known: readonly string[]) =>
    `unknown ${what} ${quote(given)}${didYouMean(given, known) || (known.length > 0 ? `; known are ${known.slice(0, 12).join(", ")}` : `; add it under ${code}`)}`;
  const grants = allGrants(roster).flatMap(({ grant }) => {
    const found = [];
    if (grant.account === "user") {
      found.push(
        finding("user-account-granted", grant.place, "the user account holds no roles; grant another account"),
      );
    } else if (grant.account.startsWith("@")) {
      const given = grant.account.slice(1);
      found.push(
        finding(
          "unknown-environment",
          grant.place,
          unknown("accounts.<name>.environment", "environment", given, environments),
        ),
      );
    } else if (!accounts.includes(grant.account)) {
      found.push(
        finding(
          "unknown-account",
          grant.place,
          unknown("accounts", "account", grant.account, [...accounts, ...environments.map((name) => `@${name}`)]),
        ),
      );
    }
    if (!tiers.includes(grant.tier))
      found.push(finding("unknown-tier", grant.place, unknown("tiers", "tier", grant.tier, tiers)));
    return found;
  });
  const memberships = roster.people.flatMap((person) =>
    person.teams
      .filter((team) => !teams.includes(team))
      .map((team) =>
        finding("unknown-team", person.place, `${unknown("teams", "team", team, teams)} (of ${quote(person.key)})`),
      ),
  );
  return [...grants, ...memberships];
};
