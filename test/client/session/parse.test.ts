import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { roleVariables } from "../../../modules/client/session/environment";
import { roleOf, roleOfProfile } from "../../../modules/client/session/find-role";
import { usefulSeconds } from "../../../modules/client/session/obtain";
import { chooseOwnKeys, isPrivateEndpoint } from "../../../modules/client/session/own-keys";
import { readRolesRecord } from "../../../modules/client/session/roles-record";
import { shellLines } from "../../../modules/client/session/shell-lines";
import { commandWords } from "../../../modules/client/session/words";
import type { PersonRole } from "../../../modules/client/person-roles";

describe("own keys", () => {
  const files = {
    config: "[default]\nmfa_serial = S\nmfa_process = otp\nendpoint_url = https://sts.example.org\n",
    credentials:
      "[default]\naws_access_key_id = D\naws_secret_access_key = d\n[ann]\naws_access_key_id = A\naws_secret_access_key = a\n",
  };
  const pair = { AWS_ACCESS_KEY_ID: "E", AWS_SECRET_ACCESS_KEY: "e" };
  const chosen = (env: Record<string, string>, named?: string) => chooseOwnKeys(env, files, named);

  test("the named profile, else the environment's keys, else default; AWS_PROFILE is not asked", () => {
    expect(chosen(pair, "ann")).toMatchObject({ accessKeyId: "A", profile: "ann", from: 'profile "ann"' });
    expect(chosen({ ...pair, AWS_PROFILE: "ann" })).toEqual({
      accessKeyId: "E",
      secretAccessKey: "e",
      from: "the environment",
    });
    expect(chosen({ AWS_PROFILE: "ann" })).toMatchObject({ accessKeyId: "D" });
  });

  test("a session in the environment is nobody's own key", () => {
    expect(chosen({ ...pair, AWS_SESSION_TOKEN: "t" })).toMatchObject({ accessKeyId: "D" });
    expect(() =>
      chooseOwnKeys({ ...pair, AWS_SESSION_TOKEN: "t" }, { config: "", credentials: "" }, undefined),
    ).toThrow(/no profile "default" .*the environment holds a session, which cannot take another/);
  });

  test("what lies beside the keys; the environment says it first", () => {
    expect(chosen({})).toMatchObject({ mfaSerial: "S", mfaProcess: "otp", endpoint: "https://sts.example.org" });
    const said = { ROLECALL_MFA_SERIAL: "T", ROLECALL_MFA_PROCESS: "p", AWS_ENDPOINT_URL_STS: "http://[::1]:1" };
    expect(chosen(said)).toMatchObject({
      mfaSerial: "T",
      mfaProcess: "p",
      endpoint: "http://[::1]:1",
      iamEndpoint: "https://sts.example.org",
    });
    expect(chosen({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" })).not.toHaveProperty("endpoint");
  });

  test.each([
    ["https://anything.example", true],
    ["http://localhost:4566", true],
    ["http://127.0.0.1:1", true],
    ["http://127.0.0.1.example.org", false],
    ["http://localhost.example.org", false],
    ["http://10.0.0.1", false],
    ["ftp://localhost", false],
    ["localhost:4566", false],
  ])("%s is private: %s", (endpoint, expected) => expect(isPrivateEndpoint(endpoint)).toBe(expected));
});

describe("command lines", () => {
  test.each([
    ["op item get AWS --otp", ["op", "item", "get", "AWS", "--otp"]],
    [`"/a b/c" 'd "e"' f"g"h ""`, ["/a b/c", 'd "e"', "fgh", ""]],
    ["echo $HOME `id` ; rm", ["echo", "$HOME", "`id`", ";", "rm"]],
  ])("%s", (line, words) => expect(commandWords(line)).toEqual(words));

  test.each(["", "  ", '"', "a 'b", "''"])("no command: %j", (line) => expect(() => commandWords(line)).toThrow());
});

describe("shells", () => {
  const nasty = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\u0000"));

  test("a POSIX shell gets exactly the value, whatever it is", () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const script = `${shellLines("posix", { X: value }, ["Y"])}printf %s "$X"`;
        const { stdout } = spawnSync("sh", ["-eu"], { input: script, encoding: "utf8", env: { Y: "1" } });
        expect(stdout).toBe(value);
      }),
      { numRuns: 40 },
    );
  });

  test("fish and PowerShell escape what ends their quotes", () => {
    expect(shellLines("fish", { X: "a'b\\c" }, ["Y"])).toContain("set -gx X 'a\\'b\\\\c';\n");
    expect(shellLines("powershell", { X: "a'b\u2019c" }, ["Y"])).toBe(
      "Remove-Item Env:Y -ErrorAction SilentlyContinue;\n$env:X = 'a''b\u2019\u2019c';\n",
    );
  });
});

const role = (account: string, tier: string, mfaAgeSeconds = 43_200): PersonRole => ({
  ...{ account, tier, mfaAgeSeconds, accountId: "222222222222", region: "eu-central-1", sessionSeconds: 3600 },
  roleArn: `arn:aws:iam::222222222222:role/rolecall/${tier}`,
});

describe("which role", () => {
  const roles = [role("a", "administrator"), role("a", "spectator"), role("a-b", "operator"), role("b", "auditor")];

  test.each([
    ["a", "spectator"],
    ["a-administrator", "administrator"],
    ["a-b", "operator"],
    ["b", "auditor"],
  ])("the profile %s is %s", (profile, tier) => expect(roleOfProfile(roles, profile, "ann").tier).toBe(tier));

  test("a name of two roles is nobody's", () => {
    expect(() => roleOfProfile([role("a", "b-c"), role("a-b", "c")], "a-b-c", "ann")).toThrow(/could be two roles/);
  });

  test("an account and tier; without a tier the weakest", () => {
    expect([roleOf(roles, "a", undefined, "ann").tier, roleOf(roles, "a", "administrator", "ann").tier]).toEqual([
      "spectator",
      "administrator",
    ]);
    expect(() => roleOf([], "a", undefined, "ann")).toThrow(/the roster grants no role at all today/);
  });
});

test("a session lasts as long as some role takes its MFA sign-in, at most 12 hours, at least what AWS gives", () => {
  expect(usefulSeconds([role("a", "x", 900), role("a", "y", 7200)])).toBe(7200);
  expect(usefulSeconds([role("a", "x", 36 * 3600)])).toBe(43_200);
  expect(usefulSeconds([])).toBe(900);
});

test("kept roles are taken for the very same sources only, and only whole", () => {
  const record = { digest: "d", userAccountId: "1", region: "r", roles: [role("a", "x")] };
  expect(readRolesRecord(JSON.parse(JSON.stringify(record)), "d")).toEqual(record);
  for (const [value, digest] of [
    [record, "e"],
    [{ ...record, roles: [{}] }, "d"],
    [null, "d"],
    [[], "d"],
  ] as const)
    expect(readRolesRecord(value, digest)).toBeUndefined();
});

test("the region is the one the person chose, else the account's", () => {
  const keys = { accessKeyId: "a", secretAccessKey: "b", sessionToken: "c", expiration: "d" };
  expect(roleVariables(keys, role("a", "x"))).toMatchObject({ AWS_REGION: "eu-central-1", ROLECALL_SESSION: "a x" });
  expect(roleVariables(keys, role("a", "x"), "us-east-1")).toMatchObject({
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
  });
});
