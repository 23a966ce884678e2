import type { Place } from "../../modules/finding";
import type { Account, Grant, Person, Roster, Team, Tier } from "../../modules/roster/roster";

const PLACE: Place = { file: "roster.yaml", line: 1, column: 1 };
const HOUR = 3600;

export function sampleGrant(account: string, tier: string, until?: string): Grant {
  return { account, tier, place: PLACE, ...(until === undefined ? {} : { until }) };
}

export function sampleAccount(key: string, id: string): Account {
  const deployRoleArn = `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`;
  return {
    key,
    id,
    partition: "aws",
    region: "eu-central-1",
    stack: key,
    deployRoleArn,
    tags: {},
    environment: key,
    spectatorReads: "metadata",
    place: PLACE,
  };
}

export function samplePerson(key: string, teams: readonly string[], grants: readonly Grant[] = []): Person {
  return { key, teams, grants, tags: {}, place: PLACE };
}

export function sampleTeam(key: string, grants: readonly Grant[]): Team {
  return { key, grants, place: PLACE };
}

const TIERS: readonly Tier[] = ["administrator", "operator", "spectator"].map((key) => ({
  key,
  builtIn: true,
  sessionSeconds: HOUR,
  mfaAgeSeconds: key === "administrator" ? HOUR : 12 * HOUR,
  sessionNames: [],
  policyArns: [],
  allow: [],
  deny: [],
  place: PLACE,
}));

/** User, testing and production accounts, two teams, three people. */
export function sampleRoster(patch: Partial<Roster> = {}): Roster {
  const { environment: _, spectatorReads: __, ...user } = sampleAccount("user", "111111111111");
  return {
    organization: "example",
    region: "eu-central-1",
    backend: { kind: "local", directory: "state" },
    userAccount: { ...user, key: "user", alias: "example-users" },
    accounts: [sampleAccount("production", "333333333333"), sampleAccount("testing", "222222222222")],
    tiers: TIERS,
    teams: [
      sampleTeam("developers", [sampleGrant("production", "spectator"), sampleGrant("testing", "operator")]),
      sampleTeam("seniors", [sampleGrant("production", "administrator"), sampleGrant("testing", "administrator")]),
    ],
    people: [
      samplePerson("dev.one@example.org", ["developers"]),
      samplePerson(
        "dev.two@example.org",
        ["developers"],
        [sampleGrant("production", "operator", "2027-01-15T00:00:00Z")],
      ),
      samplePerson("senior.one@example.org", ["seniors"]),
    ],
    ...patch,
  };
}
