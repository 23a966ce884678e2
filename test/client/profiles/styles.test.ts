import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compose, introduction, serialIn } from "../../../modules/client/profiles/compose";
import { profilesOf, weakestRole } from "../../../modules/client/profiles/profile";
import { quoteWord } from "../../../modules/client/profiles/quote-word";
import type { StyleRequest } from "../../../modules/client/profiles/request";
import { serialProblem } from "../../../modules/client/profiles/serial";
import { STYLE_NAMES } from "../../../modules/client/profiles/style-names";
import { STYLES } from "../../../modules/client/profiles/styles";
import { accountColour } from "../../../modules/client/profiles/account-colour";
import { type PersonRole, personRoles } from "../../../modules/client/person-roles";
import { sampleGrant, samplePerson, sampleRoster } from "../../support/sample-roster";
import { NOW } from "../../support/synth";
import { askBotocore } from "./botocore";

const SERIAL = "arn:aws:iam::111111111111:mfa/dev.two@example.org";
const ROLES = personRoles(sampleRoster(), "dev.two@example.org", NOW) ?? [];

function request(patch: Partial<StyleRequest> = {}): StyleRequest {
  return {
    person: "dev.two@example.org",
    userAccountId: "111111111111",
    region: "eu-central-1",
    profiles: profilesOf(ROLES, patch.prefix ?? ""),
    prefix: "",
    mfaSerial: SERIAL,
    invocation: ["/usr/bin/node", "/opt/role call/bin/rolecall.js"],
    rosterPath: "/home/ann's/roster.yaml",
    ...patch,
  };
}

/** Of two tiers one takes the names that awsu gives. */
function awsuRequest(): StyleRequest {
  const sessionNames = [`awsu-${"?".repeat(32)}`];
  const roles = ROLES.map((each) => (each.tier === "operator" ? { ...each, sessionNames } : each));
  return request({ profiles: profilesOf(roles, "") });
}

const role = (account: string, tier: string): PersonRole => ({
  ...(ROLES[0] as PersonRole),
  account,
  tier,
  roleArn: `arn:aws:iam::222222222222:role/rolecall/${tier}`,
});

describe("names", () => {
  test("each role has its own, and each account the weakest there", () => {
    expect(profilesOf(ROLES, "").map(({ name, roleKey }) => `${name} = ${roleKey}`)).toEqual([
      "production-operator = production-operator",
      "production-spectator = production-spectator",
      "production = production-spectator",
      "testing-operator = testing-operator",
      "testing = testing-operator",
    ]);
  });

  test.each([
    [["administrator", "operator", "spectator", "auditor"], "spectator"],
    [["administrator", "operator", "auditor"], "auditor"],
    [["administrator", "operator"], "operator"],
    [["administrator", "auditor", "deployer"], "deployer"],
  ])("of %j the weakest is %s", (tiers, weakest) => {
    expect(weakestRole(tiers.map((tier) => role("a", tier)))?.tier).toBe(weakest);
  });

  test("names that mean something to clients, or are another profile's, are left out; two roles of one name are refused", () => {
    const names = (roles: readonly PersonRole[]) => profilesOf(roles, "").map(({ name }) => name);
    expect(names([role("default", "operator")])).toEqual(["default-operator"]);
    expect(names([role("a", "b"), role("a-b", "c")])).toEqual(["a-b", "a", "a-b-c"]);
    expect(() => names([role("a", "b-c"), role("a-b", "c")])).toThrow('two roles would both be the profile "a-b-c"');
  });
});

describe("styles", () => {
  const made = STYLE_NAMES.map(
    (style) => [style, compose(style, style === "awsu" ? awsuRequest() : request())] as const,
  );
  const configs = made.filter(([style]) => STYLES[style].kind === "config" && style !== "awsu");
  const loaded = askBotocore(configs.map(([, { text }]) => Buffer.from(text).toString("latin1"))).loaded;
  const profilesIn = (style: string) =>
    loaded[configs.findIndex(([each]) => each === style)] as Readonly<Record<string, Record<string, string>>>;

  test("each is as it was reviewed", () => {
    const all = made.map(([style, { text, notes }]) => [`==== ${style}`, text, ...notes, ""].join("\n")).join("\n");
    if (process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] !== "true")
      writeFileSync(join(__dirname, "styles.txt"), all);
    expect(all).toBe(readFileSync(join(__dirname, "styles.txt"), "utf8"));
  });

  test.each(configs.map(([style]) => style))(
    "the aws client reads %s: every profile, and nothing it does not name",
    (style) => {
      const composed = configs.find(([each]) => each === style)?.[1];
      expect(Object.keys(profilesIn(style)).sort()).toEqual([...(composed?.names ?? [])].sort());
      const taken = Object.entries(profilesIn(style)).filter(([, settings]) => settings["role_arn"] !== undefined);
      for (const [name, settings] of taken) {
        const { role: held } = request().profiles.find((each) => each.name === name) ?? { role: undefined };
        expect(settings).toMatchObject({ role_arn: held?.roleArn, role_session_name: "dev.two@example.org" });
        expect(Number(settings["duration_seconds"])).toBeLessThanOrEqual(held?.sessionSeconds ?? 0);
      }
    },
  );

  test("sessions are as long as the tier's where a code goes with each call, and an hour where a session takes roles", () => {
    const long = ROLES.map((each) => ({ ...each, sessionSeconds: 4 * 3600 }));
    const seconds = STYLE_NAMES.map((style) => {
      if (style === "awsu") return [style, []];
      const { text } = compose(style, request({ profiles: profilesOf(long, "") }));
      return [style, [...new Set(text.match(/(?<=duration_seconds = )\d+/g) ?? [])]];
    });
    expect(Object.fromEntries(seconds)).toMatchObject({
      cli: ["14400"],
      granted: ["14400"],
      login: ["3600"],
      "aws-vault": ["3600"],
    });
  });

  test("a role that wants younger MFA than aws-vault keeps is told", () => {
    const young = ROLES.map((each) => ({ ...each, mfaAgeSeconds: 3600 }));
    const { notes } = compose("aws-vault", request({ profiles: profilesOf(young, "") }));
    expect(notes.join()).toContain("AWS_CHAINED_SESSION_TOKEN_TTL=60m");
    expect(compose("aws-vault", request()).notes.join()).not.toContain("TTL");
  });

  test("awsu is given no profile that AWS would refuse, and whoever has none is told what to do", () => {
    expect(() => compose("awsu", request())).toThrow(
      'write tiers: { operator: { sessionNames: ["awsu-????????????????????????????????"] }, spectator: ',
    );
    const takes = (sessionNames: readonly string[]) => {
      const profiles = profilesOf([{ ...role("testing", "operator"), sessionNames }], "");
      return () => compose("awsu", request({ profiles })).names;
    };
    expect(takes(["awsu-*"])()).toEqual(["testing-operator", "testing"]);
    for (const other of ["awsu-???", "awsu-0*", "tool-*", `awsu-${"?".repeat(33)}`])
      expect(takes([other])).toThrow("left out");
  });

  test("what a section cannot hold is refused", () => {
    expect(() => compose("session", request({ rosterPath: "/a\nrole_arn = x" }))).toThrow(
      "cannot be written into an AWS config",
    );
    expect(() => compose("session", request({ rosterPath: "/a #b" }))).toThrow("cannot be written into an AWS config");
    expect(() => compose("cli", request({ sourceProfile: "testing" }))).toThrow("is the name of a role's profile");
    expect(() => compose("cli", request({ sourceProfile: "a]\n[b" }))).toThrow("not a valid profile name");
    expect(() => compose("cli", request({ prefix: "a b" }))).toThrow("invalid profile prefix");
    expect(() => compose("cli", request({ mfaSerial: "x\ny" }))).toThrow("cannot hold");
  });

  test("the device of an earlier block counts for the same owner alone", () => {
    const owner = { person: "dev.two@example.org", organization: "exämple" };
    const made = (of: typeof owner) =>
      Buffer.from(`${introduction(of, ["--style", "cli"])}${compose("cli", request()).text}`).toString("latin1");
    expect(serialIn(made(owner), owner)).toBe(SERIAL);
    expect(serialIn(made(owner).replaceAll("\n", "\r\n"), owner)).toBe(SERIAL);
    expect(serialIn(made({ ...owner, person: "dev.one@example.org" }), owner)).toBeUndefined();
    expect(serialIn(made({ ...owner, organization: "other" }), owner)).toBeUndefined();
    expect(serialIn(`${made(owner)}mfa_serial = other\n`, owner)).toBeUndefined();
  });
});

test("a person of the roster has exactly the profiles of their roles, whoever it is", () => {
  const tiers = fc.constantFrom("administrator", "operator", "spectator");
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom("production", "testing"), tiers), { maxLength: 6 }), (grants) => {
      const person = samplePerson(
        "x",
        [],
        grants.map(([account, tier]) => sampleGrant(account, tier)),
      );
      const roles = personRoles(sampleRoster({ people: [person] }), "x", NOW) ?? [];
      const names = profilesOf(roles, "").filter(({ short }) => !short);
      expect(names.map(({ name }) => name).sort()).toEqual(
        [...new Set(grants.map(([account, tier]) => `${account}-${tier}`))].sort(),
      );
    }),
  );
});

test("a quoted word is the same word to botocore and to a shell", () => {
  const word = fc.stringMatching(/^[ -~é]{1,12}$/).filter((text) => !/\s[#;]/.test(text));
  const words = fc.sample(word, { numRuns: 300, seed: 3 });
  const line = words.map(quoteWord).join(" ");
  expect(askBotocore([], [line]).split[0]).toEqual(words);
  const shell = execFileSync("sh", ["-c", `printf '%s\\n' ${line}`], { encoding: "utf8" });
  expect(shell.split("\n").slice(0, -1)).toEqual(words);
});

test.each([
  [SERIAL, undefined],
  ["arn:aws:iam::111111111111:mfa/ann/phone", undefined],
  ["GAHT12345678", undefined],
  ["arn:aws:iam::999999999999:mfa/x", "another account"],
  ["arn:aws:iam::111111111111:u2f/user/ann/key", "is a passkey"],
  ["arn:aws:iam::111111111111:mfa/", "is not an MFA device"],
  ["phone", "is not an MFA device"],
  ["", "is not an MFA device"],
  ["arn:aws:iam::111111111111:mfa/x\nrole_arn = y", "is not an MFA device"],
])("the device %j: %s", (serial, problem) => {
  const account = { partition: "aws", id: "111111111111" } as const;
  if (problem === undefined) expect(serialProblem(serial, account)).toBeUndefined();
  else expect(serialProblem(serial, account)).toContain(problem);
});

test.each([
  ["production", undefined, true],
  ["eu-prod", undefined, true],
  ["shop", "production", true],
  ["nonprod", undefined, false],
  ["pre-prod", undefined, false],
  ["production-copy", "testing", false],
  ["testing", "testing", false],
])("the colour of %s (%s) is red: %s", (account, environment, red) => {
  const colour = accountColour({ account, ...(environment === undefined ? {} : { environment }) });
  expect(colour).toMatch(/^[0-9a-f]{6}$/);
  expect(colour === "d13212").toBe(red);
});
