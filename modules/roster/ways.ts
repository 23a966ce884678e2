import { compareText } from "../text";
import type { Grant, Person, Roster, Team } from "./roster";

/** A grant as it reaches a person. */
export interface Way extends Grant {
  /** The team it is of; absent for a grant of the person's own. */
  readonly team?: string;
}

/** Everything a person is granted, at any date: of their teams by name, then of their own. */
export interface PersonWays {
  readonly person: Person;
  readonly ways: readonly Way[];
}

/** The one place that knows how grants reach people; in the roster's order of people. */
export function waysIn({ people, teams }: Pick<Roster, "people" | "teams">): readonly PersonWays[] {
  const known = new Map(teams.map((team) => [team.key, team]));
  return people.map((person) => ({ person, ways: waysOf(person, known) }));
}

/** Of somebody in these teams, with these grants of their own. */
export function waysOf(
  { teams, grants }: Pick<Person, "teams" | "grants">,
  known: ReadonlyMap<string, Team>,
): readonly Way[] {
  const ofTeams = [...new Set(teams)].sort(compareText).flatMap((key) => {
    const granted = known.get(key)?.grants ?? [];
    return granted.map((grant): Way => ({ ...grant, team: key }));
  });
  return [...ofTeams, ...grants];
}

/** True until the grant's first instant without access. */
export function isCurrent({ until }: Pick<Grant, "until">, now: Date): boolean {
  return until === undefined || now.getTime() < Date.parse(until);
}
