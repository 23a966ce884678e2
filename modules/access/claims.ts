import { roleArn, userArn } from "../iam/arn";
import type { PasswordRules } from "../iam/account-guards";
import type {
  AccessClaims,
  ClaimedAccount,
  ClaimedGrant,
  ClaimedNewcomer,
  ClaimedPerson,
  ClaimedRole,
} from "../proof/claims";
import type { Account, Roster, Tier, UserAccount } from "../roster/roster";
import { type Way, waysIn, waysOf } from "../roster/ways";
import { claimHolders } from "./claim-holders";
import { claimObjects } from "./claim-objects";
import { claimStacks } from "./claim-stacks";
import { PEOPLE_GROUP, PROTECTED_PATH, teamGroupName } from "./names";

/** How the stacks that claims are held against were made. */
export interface StacksMade {
  /** For the sandbox, whose few differences are claimed then, and nowhere else. */
  readonly sandbox?: boolean;
  /** To be read only: the roster with the role of each account that Terraform takes instead of its deploy role. */
  readonly reader?: Roster;
}

/** What the roster says must hold. Knows names and ids, and nothing of policies. */
export function claimAccess(roster: Roster, { sandbox = false, reader = roster }: StacksMade = {}): AccessClaims {
  return {
    userAccount: claimAccount(roster.userAccount),
    accounts: roster.accounts.map(claimAccount),
    roles: roster.accounts.flatMap((account) => roster.tiers.map((tier) => claimRole(account, tier))),
    newcomers: claimNewcomers(roster),
    objects: claimObjects(roster),
    people: claimPeople(roster),
    stacks: claimStacks(reader, sandbox),
    holders: claimHolders(roster),
    signIn: {
      ...(roster.userAccount.alias === undefined ? {} : { alias: roster.userAccount.alias }),
      passwords: PASSWORDS,
    },
  };
}

/** AWS Foundations Benchmark's numbers (CIS 1.8, 1.9), and no forced expiry, after NIST SP 800-63B. */
const PASSWORDS: PasswordRules = {
  ...{ minimumLength: 14, reusePrevention: 24, maxAgeDays: 0, hardExpiry: false, allowChange: true },
  ...{ requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true },
};

function claimAccount(account: Account | UserAccount): ClaimedAccount {
  const { key, id, partition, deployRoleArn, region, expected, place } = account;
  return { key, id, partition, deployRoleArn, region, place, ...(expected === undefined ? {} : { expected }) };
}

function claimRole(account: Account, tier: Tier): ClaimedRole {
  return {
    account: account.key,
    accountId: account.id,
    partition: account.partition,
    tier: tier.key,
    arn: roleArn(account, PROTECTED_PATH, tier.key),
    promise: tier.builtIn ? (tier.key as ClaimedRole["promise"]) : "own",
    readsData: account.spectatorReads === "data",
    mfaAgeSeconds: tier.mfaAgeSeconds,
    sessionSeconds: tier.sessionSeconds,
    sessionNames: tier.sessionNames,
  };
}

/** Someone in no team, and someone in each. */
function claimNewcomers(roster: Roster): readonly ClaimedNewcomer[] {
  const teams = new Map(roster.teams.map((team) => [team.key, team]));
  return [
    { name: "whoever.joins@everybody.group", groups: [PEOPLE_GROUP], grants: [], place: roster.userAccount.place },
    ...roster.teams.map(({ key, place }) => ({
      name: `whoever.joins@${key}.team`,
      groups: [PEOPLE_GROUP, teamGroupName(key)],
      grants: waysOf({ teams: [key], grants: [] }, teams).map(claimWay(roster)),
      place,
    })),
  ];
}

function claimPeople(roster: Roster): readonly ClaimedPerson[] {
  return waysIn(roster).map(({ person, ways }) => ({
    name: person.key,
    arn: userArn(roster.userAccount, "/", person.key),
    place: person.place,
    grants: ways.map(claimWay(roster)),
  }));
}

/** Of any date: what has ended must not work. */
function claimWay({ accounts, userAccount }: Roster): (way: Way) => ClaimedGrant {
  const known = new Map(accounts.map((account) => [account.key, account]));
  const nobody = { partition: userAccount.partition, id: "" };
  return ({ account, tier, team, until, place }) => ({
    roleArn: roleArn(known.get(account) ?? nobody, PROTECTED_PATH, tier),
    through: team === undefined ? "own" : `team ${team}`,
    place,
    ...(until === undefined ? {} : { until }),
  });
}
