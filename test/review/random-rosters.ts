import fc from "fast-check";
import type { Account, Grant, Person, Roster, Team, Tier } from "../../modules/roster/roster";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";

/** Few names and values, so that two rosters often speak of the same things. */
const ACCOUNTS = ["production", "staging", "testing"] as const;
const IDS = ["222222222222", "333333333333", "444444444444", "555555555555"] as const;
const OWN_TIERS = ["auditor", "deployer", "viewer"] as const;
const BUILT_IN = ["administrator", "operator", "spectator"] as const;
const TEAMS = ["one", "two"] as const;
const PEOPLE = ["Ann", "ann", "bob", "kim"] as const;
const HOUR = 3600;

export const NOW = new Date("2026-11-22T12:00:00Z");
export const ENDS = ["2026-11-22T12:00:00Z", "2026-12-01T00:00:00Z", "2027-01-15T00:00:00Z"] as const;
export const MFA_AGES = [HOUR / 4, HOUR, 12 * HOUR, 36 * HOUR] as const;
/** Further session names of tiers: wide, within another, and none. */
export const SESSION_NAMES = [[], ["awsu-*"], ["awsu-????"], ["awsu-????", "tool-*"]] as const;
export const SESSIONS = [HOUR, 2 * HOUR, 12 * HOUR] as const;

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

type Policies = Pick<Tier, "policyArns" | "allow" | "deny">;

/** What tiers of a roster's own say: wide and narrow, contained in one another, equal in other words, and not at hand. */
const FEW: readonly Policies[] = [
  { policyArns: [], allow: ["*"], deny: [] },
  { policyArns: [], allow: ["s3:*"], deny: [] },
];
const MANY: readonly Policies[] = [
  ...FEW,
  { policyArns: [], allow: ["s3:*"], deny: ["s3:DeleteBucket"] },
  { policyArns: [], allow: ["s3:Get*", "s3:List*"], deny: [] },
  { policyArns: [], allow: ["ec2:RunInstances", "iam:PassRole"], deny: [] },
  { policyArns: [arn("SecurityAudit")], allow: [], deny: [] },
  { policyArns: [arn("AdministratorAccess")], allow: [], deny: ["iam:*"] },
  { policyArns: [arn("NotAtHand")], allow: ["s3:GetObject"], deny: [] },
];

/** `deep`: with all of what own tiers may say; each two of them are compared once, which takes its time. */
export function rosters(deep: boolean) {
  const anyRoster = rosterOf(deep ? MANY : FEW);
  return { anyRoster, anyPair: pairOf(anyRoster) };
}

function tier(key: string, all: readonly Policies[]): fc.Arbitrary<Tier> {
  const builtIn = (BUILT_IN as readonly string[]).includes(key);
  const [sample] = sampleRoster().tiers.filter((each) => each.key === key);
  const usual = {
    sessionSeconds: HOUR,
    mfaAgeSeconds: 12 * HOUR,
    sessionNames: [],
    place: sampleRoster().userAccount.place,
    ...sample,
  };
  return fc
    .record({
      policies: fc.constantFrom(...all),
      mfaAgeSeconds: often(usual.mfaAgeSeconds, fc.constantFrom(...MFA_AGES)),
      sessionSeconds: often(usual.sessionSeconds, fc.constantFrom(...SESSIONS)),
      sessionNames: often<Tier["sessionNames"]>([], fc.constantFrom(...SESSION_NAMES)),
    })
    .map(({ policies, ...terms }) => ({
      ...{ policyArns: [], allow: [], deny: [], ...usual },
      ...(builtIn ? {} : policies),
      ...{ ...terms, key, builtIn },
    }));
}

function often<T>(usual: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: others });
}

function grants(accounts: readonly string[], tiers: readonly string[], ended: boolean): fc.Arbitrary<readonly Grant[]> {
  const until = ended ? fc.option(fc.constantFrom(...ENDS), { nil: undefined }) : fc.constant(undefined);
  const grant = fc.tuple(fc.constantFrom(...accounts), fc.constantFrom(...tiers), until);
  return fc.array(
    grant.map((each) => sampleGrant(...each)),
    { maxLength: 3 },
  );
}

function account(key: string): fc.Arbitrary<Account> {
  const usual = IDS[ACCOUNTS.indexOf(key as "testing")] ?? IDS[0];
  return fc
    .record({
      id: fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(IDS[3]) }),
      spectatorReads: often<Account["spectatorReads"]>("metadata", fc.constant("data")),
    })
    .map((settings) => ({ ...sampleAccount(key, settings.id), ...settings }));
}

/** Rosters as `parseRoster` would give them, though without its rules: what they lack, an administrator, changes no comparison. */
const rosterOf = (all: readonly Policies[]): fc.Arbitrary<Roster> =>
  fc
    .record({
      accounts: fc
        .subarray([...ACCOUNTS], { minLength: 1 })
        .chain((keys) => fc.tuple(...keys.map(account)))
        .map((all) => all.filter(({ id }, index) => all.findIndex((each) => each.id === id) === index)),
      tiers: fc
        .subarray([...OWN_TIERS])
        .chain((own) => fc.tuple(...[...BUILT_IN, ...own].sort().map((key) => tier(key, all)))),
      user: often("111111111111", fc.constant("999999999999")),
    })
    .chain(({ accounts, tiers, user }) => {
      const [places, kinds] = [accounts, tiers].map((all) => all.map(({ key }) => key)) as [string[], string[]];
      const teams = fc.tuple(...TEAMS.map((key) => grants(places, kinds, false).map((all) => sampleTeam(key, all))));
      return fc.record({ teams, people: people(places, kinds) }).map((parts) => {
        const { userAccount, ...rest } = sampleRoster();
        return { ...rest, ...parts, accounts, tiers, userAccount: { ...userAccount, id: user } } satisfies Roster;
      });
    });

function people(places: readonly string[], kinds: readonly string[]): fc.Arbitrary<readonly Person[]> {
  const one = (key: string) =>
    fc
      .tuple(fc.subarray([...TEAMS]), grants(places, kinds, true))
      .map(([teams, own]): Person => samplePerson(key, teams, own));
  return fc.subarray([...PEOPLE]).chain((keys) => fc.tuple(...keys.map(one)));
}

/** A second roster that is the first but for some of its parts: two at random would hardly ever be alike. */
const pairOf = (anyRoster: fc.Arbitrary<Roster>): fc.Arbitrary<readonly [Roster, Roster]> =>
  fc
    .tuple(anyRoster, anyRoster, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }))
    .map(
      ([base, other, picks]) => [base, picks.reduce((roster, pick) => withPart(roster, other, pick), base)] as const,
    );

type Part = (roster: Roster, other: Roster, pick: number) => Roster;

const swap = <T extends { readonly key: string }>(all: readonly T[], others: readonly T[], pick: number) => {
  const keys = [...new Set([...all, ...others].map(({ key }) => key))];
  const key = keys[pick % Math.max(1, keys.length)];
  const found = others.find((each) => each.key === key);
  return [...all.filter((each) => each.key !== key), ...(found ? [found] : [])].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
};

/** Every part of a roster that says who may do what, one thing of it from the other. */
const PARTS: readonly Part[] = [
  (roster, other, pick) => ({ ...roster, people: swap(roster.people, other.people, pick) }),
  (roster, other, pick) => ({ ...roster, people: swap(roster.people, other.people, pick) }),
  (roster, other, pick) => ({ ...roster, teams: swap(roster.teams, other.teams, pick) as readonly Team[] }),
  (roster, other, pick) => ({ ...roster, tiers: swap(roster.tiers, other.tiers, pick) }),
  (roster, other, pick) => ({ ...roster, tiers: swap(roster.tiers, other.tiers, pick) }),
  (roster, other, pick) => ({ ...roster, accounts: swap(roster.accounts, other.accounts, pick) }),
  (roster, other) => ({ ...roster, userAccount: other.userAccount }),
  // The same tier under another name, with everybody who has it.
  (roster, _other, pick) => renamedTier(roster, OWN_TIERS[pick % 3] ?? "viewer", "renamed"),
  (_roster, other) => other,
];

function renamedTier(roster: Roster, from: string, to: string): Roster {
  if (roster.tiers.some(({ key }) => key === to)) return roster;
  const name = (key: string) => (key === from ? to : key);
  const own = (all: readonly Grant[]) => all.map((grant) => ({ ...grant, tier: name(grant.tier) }));
  return {
    ...roster,
    tiers: roster.tiers.map((each) => ({ ...each, key: name(each.key) })),
    teams: roster.teams.map((each) => ({ ...each, grants: own(each.grants) })),
    people: roster.people.map((each) => ({ ...each, grants: own(each.grants) })),
  };
}

function withPart(roster: Roster, other: Roster, pick: number): Roster {
  const part = PARTS[pick % PARTS.length] ?? ((same: Roster) => same);
  return consistent(part(roster, other, Math.floor(pick / PARTS.length)));
}

/** Without grants of what is not there, and no account twice. */
function consistent(roster: Roster): Roster {
  const accounts = roster.accounts.filter(
    ({ id }, index) => roster.accounts.findIndex((each) => each.id === id) === index,
  );
  const places = new Set(accounts.map(({ key }) => key));
  const kinds = new Set(roster.tiers.map(({ key }) => key));
  const own = (all: readonly Grant[]) => all.filter((grant) => places.has(grant.account) && kinds.has(grant.tier));
  return {
    ...roster,
    accounts,
    teams: roster.teams.map((each) => ({ ...each, grants: own(each.grants) })),
    people: roster.people.map((each) => ({ ...each, grants: own(each.grants) })),
  };
}
