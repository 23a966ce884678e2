import { grantRoleArn, grantsOf } from "../access/grants";
import { compileMatrix } from "../access/matrix";
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
  /** First instant without it (ISO 8601 UTC); absent without an end. */
  readonly until?: string;
}

/** Exactly the roles a person may take at `now`: by account, in each the strongest tier first. `undefined` for nobody's name. */
export function personRoles(roster: Roster, person: string, now: Date): readonly PersonRole[] | undefined {
  const known = roster.people.find(({ key }) => key === person);
  if (known === undefined) return undefined;
  const { rows } = compileMatrix({ ...roster, people: [known] }, now);
  const grants = grantsOf(roster, known, now);
  return (rows[0]?.cells ?? []).flatMap(({ account: key, tiers }) =>
    tiers.flatMap(({ tier: held, until }): PersonRole[] => {
      const account = roster.accounts.find((each) => each.key === key);
      const tier = roster.tiers.find((each) => each.key === held);
      const grant = grants.find((each) => each.account === key && each.tier === held);
      if (account === undefined || tier === undefined || grant === undefined) return [];
      const { id: accountId, region, environment } = account;
      const { sessionSeconds, mfaAgeSeconds } = tier;
      return [
        {
          account: key,
          accountId,
          region,
          ...(environment === undefined ? {} : { environment }),
          tier: held,
          roleArn: grantRoleArn(roster, grant),
          sessionSeconds,
          mfaAgeSeconds,
          ...(until === undefined ? {} : { until }),
        },
      ];
    }),
  );
}
