import type { Finding } from "../../finding";
import { QUOTAS } from "../../iam/quotas";
import { quote } from "../../text";
import type { Roster } from "../roster";
import { finding, type Rule } from "../rule";
import { waysIn } from "../ways";

const MAX_USERS = 5_000;
/** Of 300, one is for everybody. */
const MAX_TEAMS = 299;

/** Every team and person is of use (a warning), and IAM's counts hold: 10 groups for a user, of which one is everybody's. */
export const peopleAndTeams: Rule = (roster) => [...idleTeams(roster), ...idlePeople(roster), ...counts(roster)];

function idleTeams({ teams, people }: Roster): readonly Finding[] {
  const members = new Set(people.flatMap((person) => person.teams));
  const empty = teams
    .filter(({ key }) => !members.has(key))
    .map(({ key, place }) =>
      finding("empty-team", place, `the team ${quote(key)} has no members; add people or remove it`, "warning"),
    );
  const grantless = teams
    .filter(({ grants }) => grants.length === 0)
    .map(({ key, place }) => {
      const message = `the team ${quote(key)} grants nothing; add an account or remove it`;
      return finding("team-without-grants", place, message, "warning");
    });
  return [...empty, ...grantless];
}

function idlePeople(roster: Roster): readonly Finding[] {
  return waysIn(roster)
    .filter(({ ways }) => ways.length === 0)
    .map(({ person: { key, place } }) => {
      const message = `${quote(key)} has access to no account; add a team or a grant`;
      return finding("person-without-access", place, message, "warning");
    });
}

function counts({ teams, people, accounts, userAccount: { place } }: Roster): readonly Finding[] {
  const most = QUOTAS.groupsPerUser - 1;
  const inTooMany = people
    .filter((person) => person.teams.length > most)
    .map((person) => {
      const message = `${quote(person.key)} is in ${person.teams.length} teams, and IAM allows ${most} in addition to the group of everybody; merge some`;
      return finding("too-many-teams", person.place, message);
    });
  const whole: Finding[] = [];
  if (people.length > MAX_USERS) {
    const message = `the roster has ${people.length} people, and IAM allows ${MAX_USERS} users in an account; remove some`;
    whole.push(finding("too-many-people", place, message));
  }
  if (teams.length > MAX_TEAMS) {
    const message = `the roster has ${teams.length} teams, and IAM allows ${MAX_TEAMS} groups in addition to the one of everybody; merge some`;
    whole.push(finding("too-many-teams", place, message));
  }
  if (accounts.length === 0)
    whole.push(finding("no-accounts", place, "the roster has no account to work in; add one under accounts"));
  return [...inTooMany, ...whole];
}
