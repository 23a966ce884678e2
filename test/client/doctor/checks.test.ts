import { exitOf, fail, ok, unclear, warn } from "../../../modules/client/doctor/check";
import { CHECKS, examine } from "../../../modules/client/doctor/checks";
import type { DoctorFacts, NoCaller } from "../../../modules/client/doctor/facts";
import { sectionsOf } from "../../../modules/client/doctor/sections";
import { NOW } from "../../support/synth";

const NO_ANSWER = { known: false, why: "no answer" } as const;
const noCaller = (because: NoCaller) => ({ ...NO_ANSWER, because }) as const;
const noTerraform = (missing: boolean) =>
  ({ known: false, missing, what: "terraform 1.5.7 is too old", cure: "install a newer one" }) as const;
const known = <T>(value: T) => ({ known: true, value }) as const;
const key = (id: string, created: string, active = true) => ({ id, active, created });

/** A setup without fault. */
const well: DoctorFacts = {
  now: NOW,
  node: "22.13.1",
  terraform: known("1.11.4"),
  aws: "aws-cli/2.32.0 Python/3.13.9 Linux/6.1 exe/x86_64",
  clockSeconds: known(0.4),
  env: {},
  unreadable: [],
  files: [{ path: "/home/ann/.aws/credentials", mode: 0o100600 }, { path: "/home/ann/.cache/rolecall" }],
  sections: sectionsOf(
    "config",
    "[default]\nregion=x\n[profile work]\ncredential_process = rolecall credentials work\n",
  ),
  caller: known({ kind: "user", arn: "arn:aws:iam::111111111111:user/ann", accountId: "111111111111", user: "ann" }),
  devices: known([{ serial: "arn:aws:iam::111111111111:mfa/ann" }]),
  keys: known([key("AKIA1", "2026-11-01T00:00:00Z")]),
  maxKeyDays: 90,
};

test("a setup without fault is all ok", () => {
  expect(examine(well).filter(({ status }) => status !== "ok")).toEqual([]);
  expect(exitOf(examine(well))).toBe(0);
  expect(new Set(examine(well).map(({ check }) => check)).size).toBe(CHECKS.length);
});

const sections = (config: string, credentials = "") => ({
  sections: [...sectionsOf("config", config), ...sectionsOf("credentials", credentials)],
});
const KEYS = "aws_access_key_id = x\naws_secret_access_key = y\n";

test.each<[string, Partial<DoctorFacts>, string, string, string]>([
  ["an old Node.js", { node: "18.19.0" }, "node", "fail", "18.19.0 is too old"],
  ["no Terraform", { terraform: noTerraform(true) }, "terraform", "ok", "only rolecall plan and apply need it"],
  ["an old Terraform", { terraform: noTerraform(false) }, "terraform", "fail", "terraform 1.5.7 is too old"],
  ["no aws client", { aws: undefined }, "aws", "ok", "no aws client"],
  ["version 1", { aws: "aws-cli/1.45.11 Python/3.11.7" }, "aws", "warn", "aws client 1.45.11"],
  ["before mfa-login", { aws: "aws-cli/2.30.2 x" }, "aws", "warn", "mfa-login and aws login are missing"],
  ["before login", { aws: "aws-cli/2.31.39 x" }, "aws", "warn", "aws login is missing"],
  ["an aws client that does not answer", { aws: "" }, "aws", "unknown", 'aws --version says ""'],
  ["another program", { aws: "\u001b[31mhello" }, "aws", "unknown", '"\\u{1b}[31mhello"'],
  ["a clock a minute off", { clockSeconds: known(61) }, "clock", "warn", "61 s ahead of"],
  ["a clock 6 minutes off", { clockSeconds: known(-360) }, "clock", "fail", "360 s behind"],
  ["a clock 30 s off", { clockSeconds: known(30) }, "clock", "ok", "30 s ahead"],
  ["no answer about time", { clockSeconds: NO_ANSWER }, "clock", "unknown", "no answer"],
  ["half a key", { env: { AWS_ACCESS_KEY_ID: "x" } }, "environment", "fail", "only one of"],
  ["a stray token", { env: { AWS_SESSION_TOKEN: "set" } }, "environment", "warn", "without a key"],
  [
    "a session that is over",
    { env: { AWS_CREDENTIAL_EXPIRATION: "2026-11-22T11:59:59Z" } },
    "environment",
    "fail",
    "ended at 2026-11-22T11:59:59",
  ],
  ["a date that is none", { env: { AWS_CREDENTIAL_EXPIRATION: "soon" } }, "environment", "ok", "no variable"],
  [
    "keys beside a profile",
    { env: { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "set", AWS_PROFILE: "work" } },
    "environment",
    "warn",
    "both set",
  ],
  [
    "two profiles",
    { env: { AWS_PROFILE: "work", AWS_DEFAULT_PROFILE: "default" } },
    "environment",
    "warn",
    "different profiles",
  ],
  [
    "a web identity",
    { env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/x" } },
    "environment",
    "warn",
    "takes precedence over profiles",
  ],
  ["another AWS", { env: { AWS_ENDPOINT_URL: "http://evil\u0007" } }, "environment", "warn", '"http://evil\\u{7}"'],
  [
    "the sandbox",
    { env: { AWS_ENDPOINT_URL: "http://127.0.0.1:1", ROLECALL_SANDBOX: "1" } },
    "environment",
    "ok",
    "for the sandbox",
  ],
  ["an open file", { files: [{ path: "/home/ann/.aws/credentials", mode: 0o100640 }] }, "files", "fail", "(mode 640)"],
  [
    "an open folder of a strange name",
    { files: [{ path: "/home/a b;rm", mode: 0o40755 }] },
    "files",
    "fail",
    '"/home/a b;rm" (mode 755)',
  ],
  [
    "a section twice",
    sections("[default]\n[profile a]\n[profile  a]\n"),
    "profiles",
    "fail",
    "config:3: [profile a] is written a second time (first config:2)",
  ],
  [
    "a section without profile",
    sections("[a]\nregion = x\n[sso-session s]\n"),
    "profiles",
    "warn",
    "config:1: [a] is read by no client",
  ],
  [
    "keys before a process",
    sections("[profile a]\ncredential_process = x\n", `[a]\n${KEYS}`),
    "profiles",
    "fail",
    "credentials:1: keys of profile",
  ],
  [
    "profile in the credentials file",
    sections("", `[profile a]\n${KEYS}`),
    "profiles",
    "warn",
    "credentials:1: [profile a] is read by no client",
  ],
  ["a profile that is not there", { env: { AWS_PROFILE: "gone" } }, "profiles", "fail", 'AWS_PROFILE names "gone"'],
  ["a file that cannot be read", { unreadable: ["no such luck"] }, "profiles", "fail", "no such luck"],
  ["no credentials", { caller: noCaller("no-keys") }, "credentials", "fail", "no answer"],
  ["keys that clients do not agree on", { caller: noCaller("unclear-keys") }, "credentials", "fail", "no answer"],
  ["keys that AWS refuses", { caller: noCaller("refused") }, "credentials", "fail", "no answer"],
  ["an AWS that is not there", { caller: noCaller("no-answer") }, "credentials", "unknown", "is not known: no answer"],
  [
    "the root user",
    { caller: known({ kind: "root", arn: "arn:aws:iam::111111111111:root", accountId: "111111111111" }) },
    "credentials",
    "fail",
    "keys of the root user",
  ],
  [
    "a role's session",
    { caller: known({ kind: "role-session", arn: "x", accountId: "222222222222", role: "operator", session: "ann" }) },
    "credentials",
    "warn",
    "not a person's own",
  ],
  ["no device", { devices: known([]) }, "mfa", "fail", "no MFA device"],
  [
    "a passkey alone",
    { devices: known([{ serial: "arn:aws:iam::111111111111:u2f/user/ann/laptop" }]) },
    "mfa",
    "fail",
    "only passkeys",
  ],
  ["devices unknown", { devices: NO_ANSWER }, "mfa", "unknown", "no answer"],
  [
    "an old key",
    { keys: known([key("AKIA1", "2026-08-23T00:00:00Z")]) },
    "keys",
    "warn",
    "AKIA1 is 91 days old, never used",
  ],
  ["a key of 90 days", { keys: known([key("AKIA1", "2026-08-24T12:00:00Z")]) }, "keys", "ok", "90 days old"],
  [
    "an inactive key",
    { keys: known([key("AKIA2", "2026-11-01T00:00:00Z", false)]) },
    "keys",
    "warn",
    "AKIA2 is inactive",
  ],
  ["keys unknown", { keys: NO_ANSWER }, "keys", "unknown", "no answer"],
])("%s", (_, patch, check, status, found) => {
  const own = examine({ ...well, ...patch }).filter((each) => each.check === check);
  expect(own).toContainEqual(expect.objectContaining({ status, found: expect.stringContaining(found) }));
  for (const each of own) {
    // What is not ok has a cure, and nothing that a terminal would act on.
    expect(each.status === "ok" || (each.cure ?? "") !== "").toBe(true);
    expect(`${each.found}${each.cure ?? ""}`).not.toMatch(/[^ -~]/);
  }
});

test.each([
  ["config", "[a]\nregion = x\n", "profile a"],
  ["config", "[default]\n[a  b]\nregion = x\n", "profile a b"],
  ["credentials", `[profile default]\n${KEYS}`, "default"],
  ["credentials", `[profile  a]\n${KEYS}`, "a"],
  ["credentials", `[profile profile a]\n${KEYS}`, "a"],
  ["credentials", `[profile a b]\n${KEYS}`, "a b"],
] as const)("a section of the %s file as %j belongs there as [%s]", (file, text, right) => {
  const facts = { ...well, ...(file === "config" ? sections(text) : sections("", text)) };
  const cures = examine(facts).flatMap(({ check, cure }) => (check === "profiles" && cure !== undefined ? [cure] : []));
  expect(cures).toEqual([`write it as [${right}]`]);
});

test.each<[NoCaller, string, boolean]>([
  ["no-keys", "correct the credentials first", true],
  ["unclear-keys", "correct the credentials first", false],
  ["refused", "correct the credentials first", true],
  ["no-answer", "run rolecall doctor again when AWS answers", false],
])(
  "%s: what depends on the caller has that cure, and keys are made only where they are missing",
  (because, cure, makes) => {
    const checks = examine({ ...well, caller: noCaller(because), devices: NO_ANSWER, keys: NO_ANSWER });
    const of = (id: string) => checks.filter(({ check }) => check === id).map((each) => each.cure);
    expect([of("mfa"), of("keys")]).toEqual([[cure], [cure]]);
    expect(of("credentials")[0]?.includes("aws configure")).toBe(makes);
  },
);

test("a file that cannot be read is reported once, though its keys are not known either", () => {
  const why = "config:3: this section does not end";
  const found = examine({ ...well, unreadable: [why], caller: { ...noCaller("unclear-keys"), why } });
  expect(found.filter((each) => each.found.includes(why)).map(({ check }) => check)).toEqual(["profiles"]);
  expect(found).toContainEqual(expect.objectContaining({ check: "credentials", status: "fail" }));
});

test("0 when all is well, 1 when something is to be put right, 2 when something is not known", () => {
  expect(exitOf([ok("a")])).toBe(0);
  expect(exitOf([ok("a"), unclear("b", "c")])).toBe(2);
  expect(exitOf([unclear("a", "b"), warn("a", "b")])).toBe(1);
  expect(exitOf([fail("a", "b")])).toBe(1);
});

test("sections keep where they stand and what they set, and no value", () => {
  const text =
    "\u0000x\n[ default ] # mine\r\nAWS_Secret_Access_Key = hidden\r\n  nested = 1\n; a = b\ns3 =\n[profile   a]\n";
  expect(sectionsOf("config", text)).toEqual([
    { file: "config", name: "default", line: 2, settings: ["aws_secret_access_key", "s3"] },
    { file: "config", name: "profile a", line: 7, settings: [] },
  ]);
});
