import { type Holding, holdingsOf } from "../access/holdings";
import type { Roster } from "../roster/roster";

/** One role a person may take now: everything a client needs to take it. */
export interface PersonRole {
  /** Key of the account in the roster. */
  readonly account: string;
  readonly accountId: string;
  readonly region: string;
  readonly environment?: string;
  readonly tier: string;
  readonly roleArn: string;
  /** Longest session of the role. */
  readonly sessionSeconds: number;
  /** How old the MFA sign-in may be when the role is taken. */
  readonly mfaAgeSeconds: number;
  /** What a session may be called besides the person's name; absent without anything. */
  readonly sessionNames?: readonly string[];
  /** First instant without it (ISO 8601 UTC); absent without an end. */
  readonly until?: string;
}

/** Exactly the roles a person may take at `now`: by account, in each the strongest tier first. `undefined` for nobody's name. */
export function personRoles(roster: Roster, person: string, now: Date): readonly PersonRole[] | undefined {
  const known = roster.people.find(({ key }) => key === person);
  return known && holdingsOf({ ...roster, people: [known] }, now).map(personRole);
}

function personRole({
  account,
  tier,
  roleArn,
  sessionSeconds,
  mfaAgeSeconds,
  sessionNames,
  until,
}: Holding): PersonRole {
  const { key, id: accountId, region, environment } = account;
  return {
    ...{ account: key, accountId, region },
    ...(environment === undefined ? {} : { environment }),
    ...{ tier: tier.key, roleArn, sessionSeconds, mfaAgeSeconds },
    ...(sessionNames === undefined ? {} : { sessionNames }),
    ...(until === undefined ? {} : { until }),
  };
}
