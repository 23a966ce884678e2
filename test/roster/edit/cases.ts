import type { RosterEdit } from "../../../modules/roster/edit/change";

/** One edit: what stands in `people:` (or the whole file), and what stands there afterwards. */
export interface EditCase {
  readonly name: string;
  readonly people: string;
  readonly change: RosterEdit;
  /** Lines of `people:` afterwards, or the start of the reason why not. */
  readonly becomes?: string;
  readonly nothing?: string;
  readonly refused?: string;
  readonly finding?: string;
}

const until = "2027-01-15";
const OPERATOR = { kind: "grant", account: "testing", tier: "operator" } as const;

export const CASES: readonly EditCase[] = [
  {
    name: "a grant into a person in brackets",
    people: "  ann:    { teams: [seniors] }  # first\n  bob: { teams: [developers] }\n",
    change: { ...OPERATOR, person: "bob", until, reason: "cover, week: 2" },
    becomes:
      '  ann:    { teams: [seniors] }  # first\n  bob: { teams: [developers], grants: [{ account: testing, tier: operator, until: 2027-01-15, reason: "cover, week: 2" }] }\n',
  },
  {
    name: "a grant below grants in lines, a comment behind the last",
    people:
      "  ann: { teams: [seniors] }\n  bob:\n    # who is bob\n    grants:\n      - { account: staging, tier: spectator } # old\n    teams: [developers]\n",
    change: { ...OPERATOR, person: "bob" },
    becomes:
      "  ann: { teams: [seniors] }\n  bob:\n    # who is bob\n    grants:\n      - { account: staging, tier: spectator } # old\n      - { account: testing, tier: operator }\n    teams: [developers]\n",
  },
  {
    name: "a first grant below teams in lines",
    people: "  ann: { teams: [seniors] }\n  bob:\n    teams:\n      - developers\n      # more to come\n",
    change: { ...OPERATOR, person: "bob" },
    becomes:
      "  ann: { teams: [seniors] }\n  bob:\n    teams:\n      - developers\n      # more to come\n    grants:\n      - { account: testing, tier: operator }\n",
  },
  {
    name: "a grant into a list in brackets over several lines, with a comma at the end",
    people:
      "  ann: { teams: [seniors] }\n  bob:\n    grants: [\n      { account: staging, tier: spectator }, # one\n    ]\n",
    change: { ...OPERATOR, person: "bob" },
    becomes:
      "  ann: { teams: [seniors] }\n  bob:\n    grants: [\n      { account: staging, tier: spectator }, # one\n      { account: testing, tier: operator },\n    ]\n",
  },
  {
    name: "the same without a comma at the end",
    people:
      "  ann: { teams: [seniors] }\n  bob:\n    grants: [\n      { account: staging, tier: spectator } # one\n    ]\n",
    change: { ...OPERATOR, person: "bob" },
    becomes:
      "  ann: { teams: [seniors] }\n  bob:\n    grants: [\n      { account: staging, tier: spectator }, # one\n      { account: testing, tier: operator }\n    ]\n",
  },
  {
    name: "a new end in a grant over several lines, in quotes before",
    people:
      '  ann: { teams: [seniors] }\n  bob:\n    grants:\n      - account: testing\n        tier: operator\n        until: "2026-12-31" # short\n',
    change: { ...OPERATOR, person: "bob", until },
    becomes:
      "  ann: { teams: [seniors] }\n  bob:\n    grants:\n      - account: testing\n        tier: operator\n        until: 2027-01-15 # short\n",
  },
  {
    name: "an end that goes, first in its item",
    people:
      "  ann: { teams: [seniors] }\n  bob:\n    grants:\n      - until: 2026-12-31\n        account: testing\n        tier: operator\n",
    change: { ...OPERATOR, person: "bob", until: false },
    becomes: "  ann: { teams: [seniors] }\n  bob:\n    grants:\n      - account: testing\n        tier: operator\n",
  },
  {
    name: "another tier, whose end and reason stay",
    people:
      "  ann: { teams: [seniors] }\n  bob: { grants: [{ account: testing, tier: spectator, until: 2026-12-31, reason: cover }] }\n",
    change: { ...OPERATOR, person: "bob" },
    becomes:
      "  ann: { teams: [seniors] }\n  bob: { grants: [{ account: testing, tier: operator, until: 2026-12-31, reason: cover }] }\n",
  },
  {
    name: "a person who has nothing yet",
    people: "  ann: { teams: [seniors] }\n  bob: {}\n",
    change: { ...OPERATOR, person: "bob" },
    becomes: "  ann: { teams: [seniors] }\n  bob: { grants: [{ account: testing, tier: operator }] }\n",
  },
  {
    name: "a person into a sorted, aligned list",
    people: "  ann:      { teams: [seniors] }\n  # about zoe\n  zoe.long: { teams: [developers] }\n",
    change: { kind: "add-person", person: "kim", teams: ["developers"] },
    becomes:
      "  ann:      { teams: [seniors] }\n  kim:      { teams: [developers] }\n  # about zoe\n  zoe.long: { teams: [developers] }\n",
  },
  {
    name: "a person before the first",
    people: "  # the boss\n  bob: { teams: [seniors] }\n  zoe: { teams: [developers] }\n",
    change: { kind: "add-person", person: "ann", teams: ["developers"] },
    becomes:
      "  ann: { teams: [developers] }\n  # the boss\n  bob: { teams: [seniors] }\n  zoe: { teams: [developers] }\n",
  },
  {
    name: "a person behind an unsorted list",
    people: "  zoe: { teams: [seniors] }\n  bob:\n    teams: [developers]\n\n  # the end",
    change: { kind: "add-person", person: "kim", teams: ["developers", "seniors"] },
    becomes:
      "  zoe: { teams: [seniors] }\n  bob:\n    teams: [developers]\n  kim: { teams: [developers, seniors] }\n\n  # the end",
  },
  {
    name: "a revoked grant goes with its line and its comment",
    people:
      "  ann: { teams: [seniors] }\n  bob:\n    teams: [developers]\n    grants:\n      # cover\n      - { account: testing, tier: operator } # week 2\n      - { account: staging, tier: spectator }\n",
    change: { kind: "revoke", person: "bob", account: "testing", tier: "operator" },
    becomes:
      "  ann: { teams: [seniors] }\n  bob:\n    teams: [developers]\n    grants:\n      # cover\n      - { account: staging, tier: spectator }\n",
  },
  {
    name: "the last grant goes with its key",
    people:
      "  ann: { teams: [seniors] }\n  bob:\n    teams: [developers]\n    grants:\n      - { account: testing, tier: operator }\n",
    change: { kind: "revoke", person: "bob", account: "testing", tier: "operator" },
    becomes: "  ann: { teams: [seniors] }\n  bob:\n    teams: [developers]\n",
  },
  {
    name: "the last thing a person has",
    people: "  ann: { teams: [seniors] }\n  bob:\n    grants:\n      - { account: testing, tier: operator }\n",
    change: { kind: "revoke", person: "bob", account: "testing" },
    becomes: "  ann: { teams: [seniors] }\n  bob: {}\n",
  },
  {
    name: "the same in brackets",
    people: "  ann: { teams: [seniors] }\n  bob: { teams: [developers] }\n",
    change: { kind: "leave", person: "bob", team: "developers" },
    becomes: "  ann: { teams: [seniors] }\n  bob: {}\n",
  },
  {
    name: "one team of three",
    people: "  ann: { teams: [seniors] }\n  bob: { teams: [developers, seniors, empty] }\n",
    change: { kind: "leave", person: "bob", team: "seniors" },
    becomes: "  ann: { teams: [seniors] }\n  bob: { teams: [developers, empty] }\n",
  },
  {
    name: "the last team of three",
    people: "  ann: { teams: [seniors] }\n  bob: { teams: [developers, seniors, empty] }\n",
    change: { kind: "leave", person: "bob", team: "empty" },
    becomes: "  ann: { teams: [seniors] }\n  bob: { teams: [developers, seniors] }\n",
  },
  {
    name: "a person who leaves, and the comment above that may be of others",
    people:
      "  ann: { teams: [seniors] }\n  # guests\n  bob:\n    teams: [developers] # for now\n  kim: { teams: [developers] }\n",
    change: { kind: "remove-person", person: "bob" },
    becomes: "  ann: { teams: [seniors] }\n  # guests\n  kim: { teams: [developers] }\n",
  },
  {
    name: "the last person, without a line break at the end",
    people: "  ann: { teams: [seniors] }\n  bob: { teams: [developers] }",
    change: { kind: "remove-person", person: "bob" },
    becomes: "  ann: { teams: [seniors] }",
  },
  {
    name: "a team for a person, in lines",
    people: "  ann: { teams: [seniors] }\n  bob:\n    teams:\n    - developers\n",
    change: { kind: "join", person: "bob", team: "seniors" },
    becomes: "  ann: { teams: [seniors] }\n  bob:\n    teams:\n    - developers\n    - seniors\n",
  },
  {
    name: "what is so already",
    people: "  ann: { teams: [seniors] }\n",
    change: { kind: "join", person: "ann", team: "seniors" },
    nothing: '"ann" is in the team "seniors" already',
  },
  {
    name: "the same grant again",
    people: "  ann: { teams: [seniors], grants: [{ account: testing, tier: operator }] }\n",
    change: { ...OPERATOR, person: "ann" },
    nothing: '"ann" has exactly this grant already',
  },
  {
    name: "somebody who is there",
    people: "  ann: { teams: [seniors] }\n",
    change: { kind: "add-person", person: "ann", teams: [] },
    nothing: 'there is a person "ann" already',
  },
  {
    name: "somebody who is there, and is something else",
    people: "  ann: { teams: [seniors] }\n",
    change: { kind: "add-person", person: "ann", teams: ["developers"] },
    refused: "rolecall grant gives them more",
  },
  {
    name: "an account that is there, with another id",
    people: "  ann: { teams: [seniors] }\n",
    change: { kind: "add-account", account: "testing", settings: { id: "999999999999" } },
    refused: 'there is an account "testing" already: "id" is "222222222222"; change it by hand',
  },
  {
    name: "out of a team that nobody knows",
    people: "  ann: { teams: [seniors] }\n  bob: { teams: [developers] }\n",
    change: { kind: "leave", person: "bob", team: "developer" },
    refused: 'did you mean "developers"?',
  },
  {
    name: "nobody",
    people: "  ann: { teams: [seniors] }\n",
    change: { ...OPERATOR, person: "anne" },
    refused: 'the roster has no person "anne"; did you mean "ann"?',
  },
  {
    name: "access that comes through a team",
    people: "  ann: { teams: [seniors] }\n",
    change: { kind: "revoke", person: "ann", account: "testing" },
    refused: '"ann" has no grant of their own in "testing"; access may come through a team ("seniors")',
  },
  {
    name: "an unknown tier",
    people: "  ann: { teams: [seniors] }\n",
    change: { kind: "grant", person: "ann", account: "testing", tier: "operater" },
    finding: "unknown-tier",
  },
  {
    name: "an end that is over",
    people: "  ann: { teams: [seniors] }\n",
    change: { ...OPERATOR, person: "ann", until: "2020-01-01" },
    refused: '"2020-01-01" is over already; give a later end, or none',
  },
  {
    name: "an end that would stay, and is over",
    people: "  ann: { teams: [seniors], grants: [{ account: testing, tier: operator, until: 2020-01-01 }] }\n",
    change: { ...OPERATOR, person: "ann" },
    refused: 'the grant of "ann" in "testing" ended at 2020-01-01; give --until or --no-until',
  },
  {
    name: "the same grant again, which has an end",
    people: `  ann: { teams: [seniors], grants: [{ account: testing, tier: operator, until: ${until} }] }\n`,
    change: { ...OPERATOR, person: "ann" },
    nothing: '"ann" has exactly this grant already, until 2027-01-15; --until gives another end, and --no-until none',
  },
  {
    name: "an end that is no date",
    people: "  ann: { teams: [seniors] }\n",
    change: { ...OPERATOR, person: "ann", until: "soon" },
    finding: "bad-until",
  },
  {
    name: "another tier in an account where there is a grant, which keeps its reason",
    people: "  ann: { teams: [seniors], grants: [{ account: staging, reason: cover, tier: spectator }] }\n",
    change: { kind: "grant", person: "ann", account: "staging", tier: "operator" },
    becomes: "  ann: { teams: [seniors], grants: [{ account: staging, reason: cover, tier: operator }] }\n",
  },
  {
    name: "text that would be YAML of its own",
    people: "  ann: { teams: [seniors] }\n",
    change: { ...OPERATOR, person: "ann", reason: "x }], bob: { teams: [seniors] #" },
    becomes:
      '  ann: { teams: [seniors], grants: [{ account: testing, tier: operator, reason: "x }], bob: { teams: [seniors] #" }] }\n',
  },
  {
    name: "a line break in a reason",
    people: "  ann: { teams: [seniors] }\n",
    change: { ...OPERATOR, person: "ann", reason: "x\n  bob: {}" },
    refused: "has a line break or an invisible character; leave it out",
  },
  {
    name: "a comment that would be lost",
    people:
      "  ann: { teams: [seniors] }\n  bob:\n    # why bob is here\n    grants:\n      - { account: testing, tier: operator }\n",
    change: { kind: "revoke", person: "bob", account: "testing" },
    refused: "roster.yaml is written in a way that this cannot edit safely; change it by hand",
  },
];
