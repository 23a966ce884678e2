/** How large a roster is. `accounts` counts the user account too. */
export interface RosterSize {
  readonly people: number;
  readonly accounts: number;
  /** @default one for each ten people, and two at least */
  readonly teams?: number;
  /** One person in so many has a grant of their own; 0: nobody. @default 25 */
  readonly ownGrantEvery?: number;
}

const ENVIRONMENTS = ["testing", "production", "staging", "shared"] as const;
const ACCOUNTS_PER_TEAM = 3;

/**
 * A roster of this size as YAML text, the same for the same size: the first team administers every environment, each other
 * team operates a few accounts and watches one more, everybody is in one team and every seventh person in two.
 */
export function generateRoster(size: RosterSize): string {
  const accounts = accountNames(size.accounts - 1);
  const teams = Math.max(2, size.teams ?? Math.ceil(size.people / 10));
  return [
    "organization: bench",
    "region: eu-central-1",
    'userAccount: { id: "100000000000", alias: bench-users }',
    "accounts:",
    ...accounts.map((name, index) => account(name, index)),
    "teams:",
    `  team-000: { ${usedEnvironments(accounts).map(administers).join(", ")} }`,
    ...range(1, teams).map((index) => `  ${teamName(index)}: { ${teamGrants(index, accounts).join(", ")} }`),
    "people:",
    ...range(0, size.people).map((index) => person(index, teams, accounts, size.ownGrantEvery ?? 25)),
    "",
  ].join("\n");
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** `testing` and `production` when there are two, else numbered by environment. */
function accountNames(count: number): readonly string[] {
  return range(0, count).map((index) => {
    const round = Math.floor(index / ENVIRONMENTS.length);
    return round === 0 ? environmentOf(index) : `${environmentOf(index)}-${round + 1}`;
  });
}

function environmentOf(index: number): string {
  return ENVIRONMENTS[index % ENVIRONMENTS.length] ?? "testing";
}

function account(name: string, index: number): string {
  return `  ${name}: { id: "2${padded(index, 11)}", environment: ${environmentOf(index)} }`;
}

function usedEnvironments(accounts: readonly string[]): readonly string[] {
  return ENVIRONMENTS.slice(0, accounts.length);
}

function administers(environment: string): string {
  return `"@${environment}": administrator`;
}

function teamName(index: number): string {
  return `team-${padded(index, 3)}`;
}

/** Neighbours in the list, so that all accounts are in use. */
function teamGrants(index: number, accounts: readonly string[]): readonly string[] {
  const count = Math.min(ACCOUNTS_PER_TEAM, accounts.length);
  return range(0, count).flatMap((offset) => {
    const name = accounts[(index * 2 + offset) % accounts.length];
    return name === undefined ? [] : [`${name}: ${offset === count - 1 ? "spectator" : "operator"}`];
  });
}

function person(index: number, teams: number, accounts: readonly string[], ownGrantEvery: number): string {
  const first = index % teams;
  const second = (first + 1) % teams;
  const member = index % 7 === 6 && second !== first ? [first, second] : [first];
  const own = ownGrantEvery > 0 && index % ownGrantEvery === ownGrantEvery - 1 ? ownGrant(index, accounts) : "";
  return `  person.${padded(index, 4)}@example.org: { teams: [${member.map(teamName).join(", ")}]${own} }`;
}

/** Its end is far away, so that the same roster compiles to the same plan for years. */
function ownGrant(index: number, accounts: readonly string[]): string {
  const name = accounts[index % accounts.length] ?? "";
  return `, grants: [{ account: ${name}, tier: operator, until: 2099-01-01, reason: on-call cover }]`;
}
