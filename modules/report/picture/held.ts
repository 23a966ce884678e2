import { byPlace } from "../../access/holding-index";
import { type Holding, holdingsOf } from "../../access/holdings";
import type { Person, Roster } from "../../roster/roster";
import type { TierMark } from "./marks";
import type { PicturedTier } from "./picture";

/** A person of one roster with what they hold; accounts without access are absent. */
export interface PersonHoldings {
  readonly person: Person;
  readonly held: ReadonlyMap<string, readonly PicturedTier[]>;
}

/** Everybody of the roster by name, with their holdings as they are drawn. */
export function holders(roster: Roster, now: Date, marks: readonly TierMark[]): ReadonlyMap<string, PersonHoldings> {
  const people = new Map(
    roster.people.map((person) => [person.key, { person, held: new Map<string, readonly PicturedTier[]>() }]),
  );
  const holdings = holdingsOf(roster, now);
  const at = byPlace(holdings);
  for (const { person, account } of holdings) {
    const here = at(person.key, account.key).map((holding) => drawn(holding, marks));
    const ordered = here.sort((a, b) => marks.indexOf(a.mark) - marks.indexOf(b.mark));
    people.get(person.key)?.held.set(account.key, ordered);
  }
  return people;
}

function drawn(holding: Holding, marks: readonly TierMark[]): PicturedTier {
  const { tier, roleArn, mfaAgeSeconds, sessionSeconds, sessionNames, ways, until } = holding;
  const mark = marks.find((each) => each.tier === tier.key);
  if (mark === undefined) throw new Error(`the tier ${tier.key} has no mark`);
  return {
    ...{ mark, roleArn, mfaAgeSeconds, sessionSeconds, ways },
    ...(sessionNames === undefined ? {} : { sessionNames }),
    ...(until === undefined ? {} : { until }),
  };
}
