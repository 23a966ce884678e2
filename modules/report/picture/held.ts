import { grantRoleArn, isCurrent } from "../../access/grants";
import { compileMatrix } from "../../access/matrix";
import type { Grant, Person, Roster } from "../../roster/roster";
import { compareText } from "../../text";
import type { TierMark } from "./marks";
import type { Held, Way } from "./picture";

/** A person of one roster with what they hold; accounts without access are absent. */
export interface Holder {
  readonly person: Person;
  readonly held: ReadonlyMap<string, readonly Held[]>;
}

interface Origin {
  readonly grant: Grant;
  readonly team?: string;
}

/** Everybody of the roster by name. Law: the tiers are those of `compileMatrix`, each with its current grants. */
export function holders(roster: Roster, now: Date, marks: readonly TierMark[]): ReadonlyMap<string, Holder> {
  const rows = compileMatrix(roster, now).rows;
  const people = new Map(roster.people.map((person) => [person.key, person]));
  const found = new Map<string, Holder>();
  for (const { person: key, cells } of rows) {
    const person = people.get(key);
    if (person === undefined) throw new Error(`the matrix has the stranger ${key}`);
    const origins = originsOf(roster, person, now);
    const held = cells
      .filter(({ tiers }) => tiers.length > 0)
      .map(({ account, tiers }) => {
        const here = tiers.map(({ tier, until }) => heldTier(roster, account, tier, until, origins, marks));
        return [account, here.sort((a, b) => marks.indexOf(a.mark) - marks.indexOf(b.mark))] as const;
      });
    found.set(key, { person, held: new Map(held) });
  }
  return found;
}

function originsOf(roster: Roster, person: Person, now: Date): readonly Origin[] {
  const teams = roster.teams.filter(({ key }) => person.teams.includes(key)).sort((a, b) => compareText(a.key, b.key));
  const through = teams.flatMap(({ key, grants }) => grants.map((grant): Origin => ({ grant, team: key })));
  return [...through, ...person.grants.map((grant): Origin => ({ grant }))].filter(({ grant }) =>
    isCurrent(grant, now),
  );
}

function heldTier(
  roster: Roster,
  account: string,
  tier: string,
  until: string | undefined,
  origins: readonly Origin[],
  marks: readonly TierMark[],
): Held {
  const mine = origins.filter(({ grant }) => grant.account === account && grant.tier === tier);
  const mark = marks.find((each) => each.tier === tier);
  const terms = roster.tiers.find(({ key }) => key === tier);
  if (mark === undefined || terms === undefined || mine[0] === undefined)
    throw new Error(`the tier ${tier} has no definition or no grant`);
  const { mfaAgeSeconds, sessionSeconds } = terms;
  const roleArn = grantRoleArn(roster, mine[0].grant);
  const ways = mine.map(wayOf);
  return { mark, roleArn, mfaAgeSeconds, sessionSeconds, ways, ...(until === undefined ? {} : { until }) };
}

function wayOf({ grant: { until, reason, place }, team }: Origin): Way {
  return {
    place,
    ...(team === undefined ? {} : { team }),
    ...(until === undefined ? {} : { until }),
    ...(reason === undefined ? {} : { reason }),
  };
}
