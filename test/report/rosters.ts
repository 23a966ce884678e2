import fc from "fast-check";
import type { Grant, Roster, Tier } from "../../modules/roster/roster";
import { compareText } from "../../modules/text";
import { sampleAccount, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";

/** What must stay text wherever it appears. */
export const HOSTILE: readonly string[] = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  "</style></table><b>",
  "a|b`c`'d\"e&amp;",
  "\u202egnp.exe",
  "\u0000\u001b[31mred",
  "{{constructor}}${1}",
  "javascript:alert(1)",
  "--> <!-- ]]>",
  "\ud800",
];

const KEY = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const PERSON = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{1,12}$/), fc.constantFrom(...HOSTILE));
const REASON = fc.option(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 })), {
  nil: undefined,
});
const UNTIL = fc.constantFrom(undefined, "2026-11-22T12:00:00Z", "2026-11-23T00:00:00Z", "2027-01-15T18:30:00Z");
const ENVIRONMENT = fc.constantFrom(undefined, "testing", "production", "staging", "prod-eu", "other");

function keys(minLength: number, maxLength: number) {
  return fc.uniqueArray(KEY, { minLength, maxLength }).map((all) => all.sort(compareText));
}

function grants(accounts: readonly string[], tiers: readonly string[], maxLength: number): fc.Arbitrary<Grant[]> {
  const grant = fc.record({
    account: fc.constantFrom(...accounts),
    tier: fc.constantFrom(...tiers),
    until: UNTIL,
    reason: REASON,
    line: fc.nat(99),
  });
  return fc.array(grant, { maxLength }).map((all) =>
    all.map(({ account, tier, until, reason, line }) => ({
      account,
      tier,
      place: { file: "roster.yaml", line: line + 1, column: 3 },
      ...(until === undefined ? {} : { until }),
      ...(reason === undefined ? {} : { reason }),
    })),
  );
}

export function ownTier(key: string): Tier {
  const place = { file: "roster.yaml", line: 1, column: 1 };
  const times = { sessionSeconds: 3600, mfaAgeSeconds: 5400, sessionNames: [] };
  return { key, builtIn: false, ...times, policyArns: [], allow: ["s3:*"], deny: [], place };
}

/** Small rosters of every shape, names that try to be more than text among them. */
export const rosters: fc.Arbitrary<Roster> = fc
  .record({
    accounts: keys(1, 5),
    environments: fc.array(ENVIRONMENT, { minLength: 5, maxLength: 5 }),
    own: keys(0, 4),
    teams: keys(0, 3),
    people: fc.uniqueArray(PERSON, { maxLength: 6 }).map((all) => all.sort(compareText)),
  })
  .chain(({ accounts, environments, own, teams, people }) => {
    const builtIn = sampleRoster().tiers;
    const tiers = [...builtIn, ...own.filter((key) => builtIn.every((tier) => tier.key !== key)).map(ownTier)];
    const tierKeys = tiers.map(({ key }) => key);
    return fc
      .record({
        teamGrants: fc.tuple(...teams.map(() => grants(accounts, tierKeys, 4))),
        memberships: fc.tuple(...people.map(() => fc.subarray(teams))),
        ownGrants: fc.tuple(...people.map(() => grants(accounts, tierKeys, 3))),
      })
      .map(({ teamGrants, memberships, ownGrants }) =>
        sampleRoster({
          accounts: accounts.map((key, index) => {
            const { environment: _, ...account } = sampleAccount(key, String(200000000000 + index));
            const environment = environments[index];
            return environment === undefined ? account : { ...account, environment };
          }),
          tiers,
          teams: teams.map((key, index) => sampleTeam(key, withoutEnds(teamGrants[index] ?? []))),
          people: people.map((key, index) => samplePerson(key, memberships[index] ?? [], ownGrants[index])),
        }),
      );
  });

/** Grants of a team have neither end nor reason. */
function withoutEnds(all: readonly Grant[]): readonly Grant[] {
  return all.map(({ account, tier, place }) => ({ account, tier, place }));
}
