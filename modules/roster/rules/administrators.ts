import { finding, type Rule } from "../rule";

/** Every account has an administrator whose access does not run out: otherwise nobody could repair it. */
export const administrators: Rule = (roster) => {
  const administers = (account: string) => {
    const teams = roster.teams.filter(({ grants }) =>
      grants.some((grant) => grant.account === account && grant.tier === "administrator"),
    );
    return roster.people.some(
      (person) =>
        teams.some(({ key }) => person.teams.includes(key)) ||
        person.grants.some(
          (grant) => grant.account === account && grant.tier === "administrator" && grant.until === undefined,
        ),
    );
  };
  return roster.accounts
    .filter(({ key }) => !administers(key))
    .map(({ key, place }) =>
      finding(
        "no-administrator",
        place,
        `nobody is administrator of ${key} for good, so nobody could repair it; grant a team administrator there`,
      ),
    );
};
