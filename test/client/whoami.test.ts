import { describeCaller, readCaller } from "../../modules/client/caller";
import { identify, timeLeft } from "../../modules/client/whoami";
import { sampleRoster } from "../support/sample-roster";
import { NOW } from "../support/synth";

const SESSION = "arn:aws:sts::222222222222:assumed-role/operator/dev.one@example.org";

test.each([
  ["arn:aws:iam::111111111111:user/dev.one@example.org", { kind: "user", user: "dev.one@example.org" }],
  ["arn:aws:iam::111111111111:user/people/ann", { kind: "user", user: "ann" }],
  [SESSION, { kind: "role-session", accountId: "222222222222", role: "operator", session: "dev.one@example.org" }],
  ["arn:aws:iam::111111111111:root", { kind: "root" }],
  ["arn:aws:sts::111111111111:federated-user/ann", { kind: "federated" }],
  ["arn:aws:sts::111111111111:user/ann", { kind: "unknown" }],
  ["arn:aws:sts::111111111111:assumed-role/operator", { kind: "unknown" }],
  ["", { kind: "unknown", accountId: "" }],
  ["arn:aws:iam::111111111111:user/\u001b[2J", { kind: "unknown", arn: '"arn:aws:iam::111111111111:user/\\u{1b}[2J"' }],
])("%j is read as who it is", (arn, caller) => {
  expect(readCaller(arn)).toMatchObject(caller);
  expect(describeCaller(readCaller(arn))).not.toMatch(/[^ -~]/);
});

test.each<[string, object]>([
  [
    "arn:aws:iam::111111111111:user/dev.one@example.org",
    {
      account: "user",
      person: "dev.one@example.org",
      known: true,
      roles: [{ account: "production", tier: "spectator" }, { account: "testing" }],
    },
  ],
  [SESSION, { account: "testing", person: "dev.one@example.org", known: true, tier: "operator" }],
  ["arn:aws:iam::111111111111:user/stranger", { person: "stranger", known: false, roles: [] }],
  // Names that are a person's by chance: another account's user, and a role that is none of ours.
  ["arn:aws:iam::222222222222:user/dev.one@example.org", { account: "testing", known: false, roles: [] }],
  ["arn:aws:iam::999999999999:user/dev.one@example.org", { known: false, roles: [] }],
  [
    "arn:aws:sts::222222222222:assumed-role/deploy/dev.one@example.org",
    { account: "testing", known: false, roles: [] },
  ],
  ["arn:aws:sts::111111111111:assumed-role/operator/dev.one@example.org", { account: "user", known: false, roles: [] }],
])("%s in the words of the roster", (arn, identity) => {
  expect(identify(readCaller(arn), sampleRoster(), NOW)).toMatchObject(identity);
});

test("a grant that is over is none of the roles", () => {
  const arn = "arn:aws:iam::111111111111:user/dev.two@example.org";
  const tiers = (now: Date) =>
    identify(readCaller(arn), sampleRoster(), now).roles.map(({ account, tier }) => `${account} ${tier}`);
  expect(tiers(NOW)).toContain("production operator");
  expect(tiers(new Date("2027-01-15T00:00:00Z"))).not.toContain("production operator");
});

test.each([
  [-1, "over"],
  [0, "in 0 minutes"],
  [60, "in 1 minute"],
  [7199, "in 119 minutes"],
  [7200, "in 2 hours"],
  [3 * 86400, "in 3 days"],
])("%i seconds are left: %s", (seconds, text) => {
  expect(timeLeft(new Date(NOW.getTime() + seconds * 1000), NOW)).toBe(text);
});
