import { auditExit, runAudit } from "../../modules/audit/run-audit";
import { parseCredentialReport, reportProblem } from "../../modules/audit/credential-report";
import type { AccountFacts, AuditFacts, PersonCredentials, RoleFact, RootFacts } from "../../modules/audit/facts";
import { revocationDocument, revocationName } from "../../modules/iam/revocation";
import { known, unknown } from "../../modules/known";
import { sampleRoster } from "../support/sample-roster";
import { compiled, NOW } from "../support/synth";

/** Ages, last use and root credentials are facts here: the emulator has none of them. */

const roster = sampleRoster();
const plans = compiled(roster).stacks.flatMap(({ accounts }) => accounts);
const CLASSES = { requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true };
const GOOD_ROOT: RootFacts = { hasMfa: true, hasKeys: false };

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * 86_400_000);
}

function person(patch: Partial<PersonCredentials> = {}): PersonCredentials {
  const seen = { passwordLastUsed: daysAgo(1), hasMfa: true, hasPassword: true };
  return { name: "ann", created: daysAgo(400), ...seen, keys: [], hasCertificate: false, ...patch };
}

/** One account's part of the audit; drift is left out by an unread account whose items are filtered. */
function items(key: string, patch: Partial<AccountFacts>): readonly string[] {
  const plan = plans.find((each) => each.key === key);
  if (plan === undefined) throw new Error(key);
  const inventory = known({
    roles: [],
    policies: [],
    managed: new Map(),
    providers: [],
    usersAndGroups: [],
    instanceProfiles: [],
    credentials: [],
  });
  const base = { plan, live: unknown("-"), revocations: [], roles: known([]), inventory, root: known(GOOD_ROOT) };
  return said({ accounts: [{ ...base, ...patch }] });
}

function said(patch: Partial<AuditFacts>): readonly string[] {
  const proof = known({ holds: true, checks: [], escalations: {} as never, forbidden: [] });
  const limits = { keyDays: 90, unusedDays: 90 };
  return runAudit({ roster, now: NOW, accounts: [], proof, entrances: [], limits, ...patch })
    .filter(({ check }) => check !== "drift")
    .map(({ kind, check, message }) => `${kind} ${check}: ${message}`);
}

function people(...all: readonly PersonCredentials[]): readonly string[] {
  const credentials = known({ generated: NOW, people: all });
  const policy = {
    minimumLength: 14,
    reusePrevention: 24,
    allowChange: true,
    maxAgeDays: 0,
    hardExpiry: false,
    ...CLASSES,
  };
  return items("user", { people: { credentials, strayDevices: known([]), passwordPolicy: known(policy) } });
}

test("somebody in order is not mentioned", () => {
  expect(people(person(), person({ keys: [{ made: daysAgo(90), lastUsed: daysAgo(2) }] }))).toEqual([]);
});

test.each<[string, Partial<PersonCredentials>, string]>([
  ["an old key", { keys: [{ made: daysAgo(91), lastUsed: daysAgo(1) }] }, 'keys: "ann" has an access key 91 days old'],
  [
    "an idle key",
    { keys: [{ made: daysAgo(200), lastUsed: daysAgo(91) }] },
    'keys: "ann" has an access key unused for 91 days',
  ],
  [
    "a key never used",
    { keys: [{ made: daysAgo(95) }] },
    'keys: "ann" has an access key 95 days old that was never used',
  ],
  ["a certificate", { hasCertificate: true }, 'keys: "ann" has an active signing certificate'],
  ["nobody seen", { passwordLastUsed: daysAgo(91) }, 'people: "ann" was last seen 91 days ago'],
])("%s is found", (_name, patch, line) => {
  expect(people(person(patch))).toEqual([`finding ${line}`]);
});

test("somebody who never signed in is found after a while, and not at once", () => {
  const never = { name: "new", hasMfa: false, hasPassword: false, keys: [], hasCertificate: false };
  expect(people({ ...never, created: daysAgo(5) })).toEqual([]);
  expect(people({ ...never, created: daysAgo(91) })).toEqual([
    'finding people: "new" has never signed in since the user was created 91 days ago',
  ]);
});

test.each<[string, RootFacts, readonly string[]]>([
  ["with MFA", GOOD_ROOT, []],
  ["without", { hasMfa: false, hasKeys: false }, ["finding root: the root user has no MFA"]],
  ["without any credentials", { hasMfa: false, hasKeys: false, hasPassword: false }, []],
  ["with a key", { hasMfa: true, hasKeys: true }, ["finding root: the root user has an access key"]],
  [
    "with a certificate",
    { ...GOOD_ROOT, hasCertificates: true },
    ["finding root: the root user has a signing certificate"],
  ],
])("root %s", (_name, facts, lines) => {
  expect(items("testing", { root: known(facts) })).toEqual(lines);
});

describe("roles", () => {
  const role = (name: string, patch: Partial<RoleFact>): RoleFact => {
    const arn = `arn:aws:iam::222222222222:role/rolecall/${name}`;
    return { name, path: "/rolecall/", arn, created: daysAgo(400), ...patch };
  };

  test("one that people hold and nobody takes is noted; one that nobody holds is not", () => {
    expect(
      items("testing", {
        roles: known([
          role("administrator", { lastUsed: daysAgo(91) }),
          role("operator", { lastUsed: daysAgo(3) }),
          role("spectator", {}),
        ]),
      }),
    ).toEqual(['note roles: nobody has taken "administrator" for 91 days, and one person holds it']);
  });

  test("roles that could not be read are unknown, and so is what else stands there", () => {
    expect(items("testing", { roles: unknown("x"), inventory: unknown("y") })).toEqual([
      "unknown entrances: what else is in the account cannot be read: y",
      "unknown roles: when roles were last used cannot be read: x",
    ]);
  });
});

test("a denial is noted until its time, then found, and found when it says something else", () => {
  const standing = (before: Date | undefined) => ({
    roleName: "operator",
    policyName: revocationName("ann"),
    revocation: before && { person: "ann", before },
  });
  const kinds = [daysAgo(0), daysAgo(1), undefined].map(
    (before) => items("testing", { revocations: [standing(before)] })[0]?.split(":")[0],
  );
  expect(kinds).toEqual(["note ended-sessions", "finding ended-sessions", "finding ended-sessions"]);
  expect(revocationDocument({ before: NOW }).Statement).toHaveLength(1);
});

test("what is unknown decides before what is wrong, and notes decide nothing", () => {
  const item = (kind: "finding" | "unknown" | "note") => ({ kind, account: "a", check: "b", message: "c", cure: "d" });
  expect(auditExit([])).toBe(0);
  expect(auditExit([item("note")])).toBe(0);
  expect(auditExit([item("note"), item("finding")])).toBe(1);
  expect(auditExit([item("finding"), item("unknown")])).toBe(2);
});

describe("a credential report", () => {
  const HEAD =
    "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,cert_1_active,cert_2_active";
  const ann =
    "ann,arn,2026-01-01T00:00:00+00:00,true,no_information,false,true,2026-02-01T00:00:00+00:00,N/A,false,N/A,N/A,false,false";
  const read = (...lines: readonly string[]) => parseCredentialReport([HEAD, ...lines].join("\n"), NOW).people;

  test("says what each user has", () => {
    expect(
      read(
        "<root_account>,arn,2020-01-01T00:00:00+00:00,not_supported,,true,false,N/A,N/A,false,N/A,N/A,false,false",
        ann,
      ),
    ).toEqual([
      {
        name: "ann",
        created: new Date("2026-01-01T00:00:00Z"),
        hasPassword: true,
        hasMfa: false,
        keys: [{ made: new Date("2026-02-01T00:00:00Z") }],
        hasCertificate: false,
      },
    ]);
  });

  test.each([
    ["too many fields", ann.replace("ann", "a,nn")],
    ["a truth that is none", ann.replace("true,no_information,false", "true,no_information,perhaps")],
    ["a key without a date", ann.replace("2026-02-01T00:00:00+00:00", "N/A")],
    ["half a line", ann.slice(0, 40)],
  ])("a line with %s counts as not there, so that the user is read one by one", (_name, line) => {
    expect(read(line)).toEqual([]);
  });

  const ARN = "arn:aws:iam::111111111111:user/ann";
  const HOUR = 3_600_000;
  const own = ann.replace(",arn,", `,${ARN},`);
  const right = { generated: NOW, at: NOW, format: "text/csv", arns: new Map([["ann", ARN]]) };

  test.each([
    ["of now", [HEAD, own], {}, undefined],
    ["of four hours ago", [HEAD, own], { generated: new Date(NOW.getTime() - 4 * HOUR) }, undefined],
    ["without a user made since", [HEAD], {}, undefined],
    ["of yesterday", [HEAD, own], { generated: new Date(NOW.getTime() - 24 * HOUR) }, /more than four hours old/],
    ["of tomorrow", [HEAD, own], { generated: new Date(NOW.getTime() + 24 * HOUR) }, /in the future/],
    ["without a time", [HEAD, own], { generated: new Date(0) }, /more than four hours old/],
    ["of another account", [HEAD, own.replace("111111111111", "999999999999")], {}, /says that "ann" is/],
    ["with somebody twice", [HEAD, own, own], {}, /has "ann" twice/],
    ["without a column", [HEAD.replace("mfa_active,", ""), own], {}, /no column "mfa_active"/],
    ["with a column twice", [`${HEAD},mfa_active`, own], {}, /no column "mfa_active"/],
    ["in another format", [HEAD, own], { format: "application/json" }, /no column/],
    ["that is a page", ["<html>"], {}, /no column "user"/],
    ["with nothing in it", [""], {}, /no column "user"/],
  ])("%s", (_name, lines, patch, says) => {
    const problem = reportProblem(lines.join("\n"), { ...right, ...patch });
    if (says === undefined) expect(problem).toBeUndefined();
    else expect(problem).toMatch(says);
  });

  test("an empty one has nobody", () => {
    expect(parseCredentialReport("", NOW).people).toEqual([]);
  });
});
