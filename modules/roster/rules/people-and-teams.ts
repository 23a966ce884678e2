import { QUOTAS } from "../../iam/quotas";
import { quote } from "../../text";
import { finding, type Rule } from "../rule";
import { waysIn } from "../ways";

const MAX_USERS = 5_000;
/** Of 300, one is for everybody. */
const MAX_TEAMS = 299;

/** Nobody and nothing is idle (a warning), and IAM's counts hold: 10 groups for a user, of which one is everybody's. */
export const peopleAndTeams: Rule = ({ teams, people, accounts, userAccount }) => {
  const members = new Set(people.flatMap((person) => person.teams));
  return [
    ...teams
      .filter(({ key }) => !members.has(key))
      .map(({ key, place }) =>
        finding("empty-team", place, `nobody is in the team ${quote(key)}; add people or remove it`, "warning"),
      ),
    ...teams
      .filter(({ grants }) => grants.length === 0)
      .map(({ key, place }) =>
        finding(
          "team-without-grants",
          place,
          `the team ${quote(key)} grants nothing; add an account or remove it`,
          "warning",
        ),
      ),
    ...waysIn({ people, teams })
      .filter(({ ways }) => ways.length === 0)
      .map(({ person: { key, place } }) =>
        finding(
          "person-without-access",
          place,
          `${quote(key)} has access to no account; add a team or a grant`,
          "warning",
        ),
      ),
    ...people
      .filter((person) => person.teams.length > QUOTAS.groupsPerUser - 1)
      .map((person) =>
        finding(
          "too-many-teams",
          person.place,
          `${quote(person.key)} is in ${person.teams.length} teams, and IAM allows ${QUOTAS.groupsPerUser - 1} beside the group of everybody; merge some`,
        ),
      ),
    ...(people.length > MAX_USERS
      ? [
          finding(
            "too-many-people",
            userAccount.place,
            `${people.length} people, and IAM allows ${MAX_USERS} users in an account`,
          ),
        ]
      : []),
    ...(teams.length > MAX_TEAMS
      ? [
          finding(
            "too-many-teams",
            userAccount.place,
            `${teams.length} teams, and IAM allows ${MAX_TEAMS} groups beside the one of everybody`,
          ),
        ]
      : []),
    ...(accounts.length === 0
      ? [finding("no-accounts", userAccount.place, "there is no account to work in; add one under accounts")]
      : []),
  ];
};
