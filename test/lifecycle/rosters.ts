/** The roster the life cycle begins with; its dated grant never runs out while the tests live. */
export const BEFORE = `
organization: example
region: eu-central-1
userAccount: { id: "111111111111", alias: example-users }
accounts:
  testing:    { id: "222222222222", environment: testing, tags: { cost: lab } }
  production: { id: "333333333333", environment: production }
tiers:
  operator: { session: 2h, mfaAge: 4h }
  auditor: { policies: ["arn:aws:iam::aws:policy/SecurityAudit"] }
teams:
  developers: { "@testing": operator, production: spectator }
  seniors:    { "@testing": administrator, production: administrator }
  auditors:   { production: auditor }
people:
  dev.one@example.org:    { teams: [developers] }
  dev.two@example.org:
    teams: [developers]
    grants:
      - { account: production, tier: operator, until: 2099-01-15, reason: on-call cover }
  senior.one@example.org: { teams: [seniors], tags: { desk: "12" } }
  audit.one@example.org:  { teams: [auditors] }
`;

/** As little as has a group, people and both accounts: for tests that apply again and again. */
export const SMALL = `
organization: example
region: eu-central-1
userAccount: { id: "111111111111", alias: example-users }
accounts:
  testing:    { id: "222222222222", environment: testing }
  production: { id: "333333333333", environment: production }
teams:
  seniors: { "@testing": administrator, production: administrator }
people:
  senior.one@example.org: { teams: [seniors] }
  senior.two@example.org: { teams: [seniors] }
`;
/** What the user account's stack of SMALL holds. */
export const SMALL_USER_RESOURCES = 14;

/** dev.one became a senior, the team of auditors is gone with its one person, and staging is new. */
export const AFTER = BEFORE.replace(
  "dev.one@example.org:    { teams: [developers] }",
  "dev.one@example.org:    { teams: [seniors] }",
)
  .replace("  auditors:   { production: auditor }\n", "")
  .replace("  audit.one@example.org:  { teams: [auditors] }\n", "")
  .replace("  production: {", '  staging: { id: "444444444444", environment: testing }\n  production: {');

/** Two accounts in one stack, through two aliases. */
export const GROUPED = BEFORE.replace("  testing:    {", "  testing:    { stack: work,").replace(
  "  production: {",
  "  production: { stack: work,",
);
