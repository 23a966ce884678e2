import { reviewVerdict } from "../../../modules/review/review";
import { judgeSides, type Side } from "./judged";

interface TestRoster {
  readonly accounts: Record<string, { id: string; environment?: string }>;
  readonly tiers: Record<string, { allow: string[]; deny?: string[] }>;
  readonly teams: Record<string, Record<string, string>>;
  readonly people: Record<string, { teams: string[]; grants?: unknown[] }>;
}

type TestRule = Record<string, unknown>;
type TestRules = Record<string, TestRule[]>;

const ROSTER = {
  organization: "example",
  region: "eu-central-1",
  userAccount: { id: "111111111111" },
  accounts: {
    testing: { id: "222222222222", environment: "testing" },
    production: { id: "333333333333", environment: "production" },
    payments: { id: "444444444444", environment: "production" },
    vault: { id: "555555555555" },
  },
  tiers: {
    deployer: { allow: ["ecs:*", "iam:PassRole"] },
    viewer: { allow: ["s3:Get*", "ecs:Describe*"] },
  },
  teams: {
    // By names alone: an account that changes its environment changes nobody's access, only what rules are about.
    developers: { testing: "operator", production: "viewer", payments: "viewer" },
    seniors: {
      testing: "administrator",
      production: "administrator",
      payments: "administrator",
      vault: "administrator",
    },
  },
  people: {
    ann: {
      teams: ["developers"],
      grants: [{ account: "production", tier: "deployer", until: "2026-12-01", reason: "x" }],
    },
    bob: { teams: ["developers"] },
    eva: { teams: ["seniors"] },
  },
};

const RULES = {
  approvals: [
    { account: "@production", by: ["@example/leads"] },
    { account: "vault", tier: "administrator", by: ["@example/security"], count: 2 },
    { account: "user", by: ["@example/people"] },
    { tier: "deployer", by: ["@example/releases"], direction: "any" },
    { allows: ["iam:PassRole", "iam:CreateUser"], by: ["@example/iam"] },
  ],
  holders: [
    { account: "@production", tier: "administrator", most: 2 },
    { account: "payments", allows: ["iam:PassRole"], most: 3 },
  ],
  grants: [{ account: "production", until: "required", longest: "30d", reason: "required" }],
};

interface Mutant {
  readonly name: string;
  readonly after: Side;
}

const ACCOUNTS = Object.keys(ROSTER.accounts);

const copy = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T;

/** What stands under a name that is there. */
function at<T>(map: Record<string, T> | readonly T[], key: string | number): T {
  const found = (map as Record<string, T>)[key];
  if (found === undefined) throw new Error(`nothing at ${key}`);
  return found;
}

function roster(name: string, change: (roster: TestRoster) => void, rules: unknown = RULES): Mutant {
  const changed = copy<TestRoster>(ROSTER);
  change(changed);
  return { name, after: { roster: changed, rules } };
}

function rules(name: string, change: (rules: TestRules) => void): Mutant {
  const changed = copy<TestRules>(RULES);
  change(changed);
  return { name, after: { roster: ROSTER, rules: changed } };
}

/** A name given to something else, wherever it is written. */
function rename(value: unknown, from: string, to: string): TestRoster {
  const text = JSON.stringify(value);
  return JSON.parse(text.replaceAll(`"${from}"`, `"${to}"`).replaceAll(`"@${from}"`, `"@${to}"`)) as TestRoster;
}

function accountMutants(): readonly Mutant[] {
  return ACCOUNTS.flatMap((key) => [
    roster(`${key} leaves its environment`, ({ accounts }) => delete at(accounts, key).environment),
    ...["testing", "production", "elsewhere"].map((to) =>
      roster(`${key} moves to ${to}`, ({ accounts }) => (at(accounts, key).environment = to)),
    ),
    roster(`${key} is another account`, ({ accounts }) => (at(accounts, key).id = "666666666666")),
    { name: `${key} has another name`, after: { roster: rename(ROSTER, key, "renamed"), rules: RULES } },
    roster(`${key} is gone`, ({ accounts, teams, people }) => {
      delete accounts[key];
      for (const team of Object.values(teams)) delete team[key];
      if (key === "production") at(people, "ann").grants = [];
    }),
    ...ACCOUNTS.filter((other) => other > key).map((other) =>
      roster(`${key} and ${other} change places`, ({ accounts }) => {
        const [one, two] = [at(accounts, key), at(accounts, other)];
        [one.id, two.id] = [two.id, one.id];
      }),
    ),
  ]);
}

function tierMutants(): readonly Mutant[] {
  return [
    { name: "deployer has another name", after: { roster: rename(ROSTER, "deployer", "releaser"), rules: RULES } },
    roster("deployer and viewer change places", ({ tiers }) => {
      [tiers["deployer"], tiers["viewer"]] = [at(tiers, "viewer"), at(tiers, "deployer")];
    }),
    roster("viewer takes what deployer had", ({ tiers }) => {
      tiers["viewer"] = at(tiers, "deployer");
      tiers["deployer"] = { allow: ["ecs:Describe*"] };
    }),
    roster("a new tier can do what deployer can, and more", ({ tiers }) => (tiers["shipper"] = { allow: ["*"] })),
    roster("a new tier takes one thing from deployer", ({ tiers }) => {
      at(tiers, "deployer").deny = ["ecs:ExecuteCommand"];
      tiers["shipper"] = { allow: ["ecs:ExecuteCommand"] };
    }),
    roster("deployer is gone", ({ tiers, people }) => {
      delete tiers["deployer"];
      at(people, "ann").grants = [];
    }),
    roster("deployer goes, and viewer can do one thing of it", ({ tiers, people }) => {
      delete tiers["deployer"];
      at(people, "ann").grants = [];
      at(tiers, "viewer").allow.push("iam:PassRole");
    }),
  ];
}

function grantMutants(): readonly Mutant[] {
  const toTeam = ({ people, teams }: TestRoster, account: string) => {
    at(people, "ann").grants = [];
    at(people, "ann").teams.push("releases");
    teams["releases"] = { [account]: "deployer" };
  };
  return [
    roster("a grant of one's own becomes a team's", (changed) => toTeam(changed, "production")),
    roster("the same, and the account has another name", (changed) => {
      Object.assign(changed, rename(ROSTER, "production", "live"));
      at(changed.accounts, "live").environment = "production";
      toTeam(changed, "live");
    }),
  ];
}

function ruleMutants(): readonly Mutant[] {
  return [
    { name: "the rules are gone", after: { roster: ROSTER, rules: undefined } },
    { name: "the rules are empty", after: { roster: ROSTER, rules: "" } },
    { name: "the rules are no YAML", after: { roster: ROSTER, rules: "approvals: [" } },
    ...Object.entries<readonly TestRule[]>(RULES).flatMap(([kind, list]) => [
      rules(`no ${kind}`, (changed) => delete changed[kind]),
      rules(`${kind} are none`, (changed) => (changed[kind] = [])),
      ...list.flatMap((rule, index) => ruleMutantsOf(kind, rule, index)),
    ]),
  ];
}

function ruleMutantsOf(kind: string, rule: TestRule, index: number): readonly Mutant[] {
  const name = `${kind}[${index}]`;
  return [
    rules(`no ${name}`, (changed) => at(changed, kind).splice(index, 1)),
    ...Object.keys(rule).map((key) =>
      rules(`${name} without ${key}`, (changed) => delete at(at(changed, kind), index)[key]),
    ),
    ...weaker(rule).map(([key, value]) =>
      rules(`${name}.${key}: ${JSON.stringify(value)}`, (changed) => (at(at(changed, kind), index)[key] = value)),
    ),
  ];
}

/** Every value that means less, or something else. */
function weaker(rule: TestRule): readonly (readonly [string, unknown])[] {
  const other: Readonly<Record<string, readonly unknown[]>> = {
    account: ["testing", "@testing", "user", "nowhere"],
    tier: ["spectator", "nothing"],
    allows: [["s3:GetObject"], [], ["iam:PassRoles"], ["cloudhsm:*"]],
    by: [["@example/anybody"], []],
    count: [1],
    most: [99],
    longest: ["999d"],
    direction: ["narrowing"],
  };
  const added = { account: "testing", tier: "spectator", allows: ["s3:GetObject"] };
  return [
    ...Object.keys(rule).flatMap((key) => (other[key] ?? []).map((value) => [key, value] as const)),
    ...Object.entries(added).filter(([key]) => !(key in rule)),
  ];
}

/** Mutants after which every rule is about what it was about, and why. */
const UNNAMED = "no rule names testing, or the environments it is in";
const BY_NAME = "rules name vault, not its environment";
const SAME = "it is there already";
const EQUIVALENT: Readonly<Record<string, string>> = {
  "testing leaves its environment": UNNAMED,
  "testing moves to elsewhere": UNNAMED,
  "testing is gone": UNNAMED,
  "vault leaves its environment": BY_NAME,
  "vault moves to testing": BY_NAME,
  "vault moves to elsewhere": BY_NAME,
  "testing moves to testing": SAME,
  "production moves to production": SAME,
  "payments moves to production": SAME,
  'approvals[2].account: "user"': SAME,
  "grants[0] without until": "longest says that they must end",
};

const MUTANTS = [...accountMutants(), ...tierMutants(), ...grantMutants(), ...ruleMutants()];

test("what rules are about cannot shrink unseen: every mutant is caught, or changes nothing", () => {
  const before = { roster: ROSTER, rules: RULES };
  const survivors = MUTANTS.flatMap(({ name, after }) => {
    try {
      const verdict = reviewVerdict(judgeSides(before, after));
      return verdict === "none" || verdict === "narrowing" ? [name] : [];
    } catch (error) {
      throw new Error(`${name}: ${String(error)}`);
    }
  });
  expect(survivors.filter((name) => !(name in EQUIVALENT))).toEqual([]);
  expect(Object.keys(EQUIVALENT).filter((name) => !survivors.includes(name))).toEqual([]);
  expect(MUTANTS.length).toBeGreaterThan(100);
});
