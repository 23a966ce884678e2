import type { Person, Roster, Team } from "../roster/roster";
import { compareText, stableJson } from "../text";
import { changedKeys } from "./diff-accounts";
import type { RosterChange } from "./access-change";

/** Users that come and go, their tags, and teams that nobody is in: what no holding shows. */
export function diffPeople(base: Roster, head: Roster): readonly RosterChange[] {
  const before = new Map(base.people.map((person) => [person.key, person]));
  const after = new Set(head.people.map(({ key }) => key));
  const gone = base.people.filter(({ key }) => !after.has(key));
  const spelled = new Map(gone.map(({ key }) => [key.toLowerCase(), key]));
  return [
    ...head.people.flatMap((person) => {
      const old = before.get(person.key);
      return old === undefined ? came(person, spelled.get(person.key.toLowerCase())) : retagged(old, person);
    }),
    ...gone.map(
      ({ key, place }): RosterChange => ({ ...user(key), kind: "person-removed", direction: "narrowing", place }),
    ),
    ...emptyTeams(base, head),
  ];
}

function user(person: string) {
  return { account: "user", person };
}

/** A user is a change of its own where it has no role or has tags; otherwise what it gains shows it. `other`: who leaves with the same name but for its case. */
function came(person: Person, other: string | undefined): readonly RosterChange[] {
  const { key, place, tags, teams, grants } = person;
  const names = Object.keys(tags).sort(compareText);
  const isTold = names.length > 0 || teams.length + grants.length === 0;
  return [
    ...(isTold
      ? [{ ...user(key), kind: "person-added", direction: "widening", after: { tags: names }, place } as const]
      : []),
    ...(other === undefined
      ? []
      : [{ ...user(key), kind: "person-spelled", direction: "unknown", before: other, after: key, place } as const]),
  ];
}

/** Policies of others may ask for the tags of who calls, and those are not seen here. */
function retagged(old: Person, { key, place, tags }: Person): readonly RosterChange[] {
  const names = changedKeys(old.tags, tags);
  return names.length === 0
    ? []
    : [{ ...user(key), kind: "person-tags", direction: "unknown", after: { tags: names }, place }];
}

/** Of teams with members the holdings tell; what one without any is granted waits for the first. */
function emptyTeams(base: Roster, head: Roster): readonly RosterChange[] {
  const old = new Map(base.teams.map((team) => [team.key, team]));
  const now = new Map(head.teams.map((team) => [team.key, team]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly RosterChange[] => {
    if ([base, head].some(({ people }) => people.some(({ teams }) => teams.includes(key)))) return [];
    const [before, after] = [grantsOf(old.get(key)), grantsOf(now.get(key))];
    const place = (now.get(key) ?? old.get(key))?.place;
    // The group exists in the user account with that right: everybody who joins it has it.
    const direction = after.some((grant) => !before.includes(grant)) ? "widening" : "neutral";
    return stableJson(before) === stableJson(after)
      ? []
      : [{ kind: "team-grants", direction, team: key, before, after, place }];
  });
}

function grantsOf(team: Team | undefined): readonly string[] {
  return (team?.grants ?? []).map(({ account, tier }) => `${tier} in ${account}`);
}
