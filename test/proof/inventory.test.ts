import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../../modules/access/claims";
import { accessDocuments } from "../../modules/access/plan-documents";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import { parseCatalogue } from "../../modules/iam/catalogue";
import { type Proof, proveDocuments } from "../../modules/proof/prove";
import { renderProof } from "../../modules/report/proof";
import type { Roster } from "../../modules/roster/roster";
import { rosterOf } from "../support/roster-text";
import { sampleGrant, sampleRoster, sampleTeam } from "../support/sample-roster";
import { compiled, NOW } from "../support/synth";

const catalogue = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));
const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }] };

type Change = (account: AccountDocuments) => AccountDocuments;

function proof(roster: Roster, change: Change = (account) => account): Proof {
  const documents = accessDocuments(compiled(roster)).map(change);
  return proveDocuments({ claims: claimAccess(roster), documents, catalogue, managed: new Map(), now: NOW });
}

const breaches = ({ checks }: Proof) => checks.flatMap((check) => check.breaches.map(({ message }) => message));
const inUserAccount =
  (change: Change): Change =>
  (account) =>
    account.id === "111111111111" ? change(account) : account;

test.each<[string, Change, string]>([
  [
    "a policy that nobody holds",
    (account) => ({ ...account, policies: new Map([["arn:aws:iam::111111111111:policy/wide", EVERYTHING]]) }),
    'the policy "arn:aws:iam::111111111111:policy/wide" is not in the roster; nobody holds it',
  ],
  [
    "a group without members",
    (account) => ({
      ...account,
      groups: [
        ...account.groups,
        { kind: "group", name: "wide", path: "/", members: [], attached: [], inline: new Map([["p", EVERYTHING]]) },
      ],
    }),
    'the group "wide" is not in the roster',
  ],
  [
    "a team's policy that its group does not have",
    (account) => ({
      ...account,
      policies: new Map([["arn:aws:iam::111111111111:policy/rolecall/team-seniors-1", EVERYTHING]]),
    }),
    'the policy "arn:aws:iam::111111111111:policy/rolecall/team-seniors-1" is not in the roster; nobody holds it',
  ],
  [
    "a boundary that nobody asked for",
    (account) => ({
      ...account,
      users: account.users.map((user) => ({ ...user, boundary: "arn:aws:iam::aws:policy/x" })),
    }),
    'the permissions boundary of the user "dev.one@example.org" is "arn:aws:iam::aws:policy/x"; it should be none',
  ],
  [
    "a name in two spellings",
    (account) => ({
      ...account,
      groups: account.groups.flatMap((group) => [group, { ...group, name: group.name.toUpperCase() }]),
    }),
    'the group "PEOPLE" is there twice, once as "people"',
  ],
])("%s is named", (_what, change, message) => {
  expect(breaches(proof(sampleRoster(), inUserAccount(change)))).toContain(message);
});

describe("a team without members", () => {
  const roster = sampleRoster({
    teams: [...sampleRoster().teams, sampleTeam("empty", [sampleGrant("testing", "spectator")])],
  });
  const wider = inUserAccount((account) => ({
    ...account,
    groups: account.groups.map((group) =>
      group.name === "team-empty" ? { ...group, inline: new Map([["access", EVERYTHING]]) } : group,
    ),
  }));

  test("is proven as it is", () => {
    expect(breaches(proof(roster))).toEqual([]);
  });

  test("is asked what it would give whoever joins it", () => {
    const found = breaches(proof(roster, wider));
    expect(found).toContainEqual(
      expect.stringMatching(/^"whoever\.joins@empty\.team" can take administrator in production/),
    );
  });

  test("a user of that name is somebody else", () => {
    const stranger = inUserAccount((account) => ({
      ...account,
      users: [
        ...account.users,
        { kind: "user", name: "Whoever.joins@empty.team", path: "/", inline: new Map(), attached: [] },
      ],
    }));
    expect(breaches(proof(roster, stranger))).toEqual(['the user "Whoever.joins@empty.team" is not in the roster']);
  });
});

describe("a policy whose text is not at hand", () => {
  const roster = rosterOf(`
organization: example
region: eu-central-1
userAccount: { id: "111111111111" }
accounts:
  testing: { id: "222222222222" }
tiers:
  network: { policies: ["arn:aws:iam::aws:policy/AWSDirectConnectReadOnlyAccess"] }
teams:
  seniors: { testing: administrator }
  network: { testing: network }
people:
  ann@example.org: { teams: [seniors] }
`);

  test("holds within the boundary, which is said", () => {
    const found = proof(roster);
    expect(breaches(found)).toEqual([]);
    const note =
      'the text of "arn:aws:iam::aws:policy/AWSDirectConnectReadOnlyAccess" on the role "network" in testing is not available; it is treated as allowing everything that the boundary "arn:aws:iam::222222222222:policy/rolecall/operator-boundary" allows';
    expect(found.checks.flatMap(({ notes = [] }) => notes)).toEqual([note]);
    const heading = { what: "documents", accounts: 2, catalogueDate: "today", seconds: 1 };
    expect(renderProof(found, heading)).toContain(`       note: ${note}\n`);
  });

  test.each<[string, Change, string]>([
    [
      "without the boundary",
      (account) => ({ ...account, roles: account.roles.map(({ boundary: _, ...role }) => role) }),
      "is not available, and no boundary bounds it",
    ],
    [
      "with a boundary whose text is not at hand either",
      (account) => ({ ...account, policies: new Map() }),
      'the boundary of the role "network" in testing, is not available',
    ],
    [
      "with a boundary that allows everything",
      (account) => ({ ...account, policies: new Map([...account.policies.keys()].map((arn) => [arn, EVERYTHING])) }),
      "may do what it never may",
    ],
  ])("is not proven %s", (_what, change, message) => {
    expect(breaches(proof(roster, change))).toContainEqual(expect.stringContaining(message));
  });
});

test("a stranger's role that a person's own policy names: the reason is that policy, not the stranger's silence", () => {
  const taking = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::999999999999:role/stranger" }],
  };
  const withRole: Change = (account) => ({
    ...account,
    users: account.users.map((user) => ({ ...user, inline: new Map([...user.inline, ["by-hand", taking]]) })),
  });
  const { checks } = proof(sampleRoster(), inUserAccount(withRole));
  const found = checks
    .flatMap((check) => check.breaches)
    .find(({ message }) => message.includes("may take what the roster does not grant"));
  expect(found?.verdict).toBe("allowed");
  expect(found?.deciding.map(({ policy }) => policy).join()).toContain("by-hand");
});
