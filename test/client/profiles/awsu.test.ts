import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetRoleCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessDocuments } from "../../../modules/access/plan-documents";
import { compose } from "../../../modules/client/profiles/compose";
import { profilesOf } from "../../../modules/client/profiles/profile";
import { personRoles } from "../../../modules/client/person-roles";
import { evaluate, type Request, type Verdict } from "../../../modules/evaluator/evaluate";
import { compilePolicy } from "../../../modules/evaluator/policy";
import { compileAccount } from "../../../modules/proof/checks/compiled-account";
import { contextAt, LONG_TERM_KEYS, SESSION_NAME, signInWithMfa } from "../../../modules/proof/checks/moments";
import { startSandbox } from "../../../modules/sandbox/sandbox";
import { applyByHand, iamOf } from "../../support/apply-by-hand";
import { sampleRoster } from "../../support/sample-roster";
import { compiled, NOW } from "../../support/synth";

/*
 * What awsu does, call by call, where a tier takes its names and where it does not: GetSessionToken with a code and the person's own
 * keys, then with that session AssumeRole, the session called `awsu-` and 32 hexadecimal digits, and an hour long. Source:
 * kreuzwerker/awsu, strategy/session_token.go and strategy/assume_role.go (read 2026-11).
 */
jest.setTimeout(60_000);

const PERSON = "dev.one@example.org";
const HOUR = 3600;
/** Its session lasts an hour, and the last 45 minutes of it are not used. */
const OLDEST_SESSION = HOUR - 45 * 60;
const NAMES = `awsu-${"?".repeat(32)}`;
const SAMPLE = "awsu-0123456789abcdef0123456789abcdef";

const plain = sampleRoster();
const roster = {
  ...plain,
  tiers: plain.tiers.map((tier) => (tier.key === "operator" ? { ...tier, sessionNames: [NAMES] } : tier)),
};
const plan = compiled(roster);
const documents = accessDocuments(plan);
const accountOf = (id: string) => compileAccount(documents.find((each) => each.id === id) ?? fail(), new Map());
const identity = accountOf("111111111111").user(PERSON) ?? fail();
const principal = { kind: "user", arn: `arn:aws:iam::111111111111:user/${PERSON}` } as const;

function fail(): never {
  throw new Error("the documents lack an account or the person");
}

/** AssumeRole with the session, so many seconds after the code. */
function assume(account: string, tier: string, name = SAMPLE, sinceCode: number | "none" = 0): Verdict {
  const signIn = sinceCode === "none" ? LONG_TERM_KEYS : signInWithMfa(sinceCode);
  const request: Request = {
    ...{ principal, action: "sts:AssumeRole", resource: `arn:aws:iam::${account}:role/rolecall/${tier}` },
    context: { ...contextAt("2026-11-22T12:00:00Z", signIn), [SESSION_NAME]: name },
  };
  const trust = accountOf(account).role(tier)?.trust ?? fail();
  return evaluate(request, { ...identity, resource: trust }).verdict;
}

describe("by the documents that will be applied", () => {
  test("a session with a code is to be had with one's own keys", () => {
    const request: Request = {
      principal,
      action: "sts:GetSessionToken",
      resource: "*",
      context: contextAt("2026-11-22T12:00:00Z", LONG_TERM_KEYS),
    };
    expect(evaluate(request, identity).verdict).toBe("allowed");
  });

  test("with it every name that awsu makes takes the role, for as long as awsu keeps the session", () => {
    const hex = fc.stringMatching(/^[0-9a-f]{32}$/);
    fc.assert(
      fc.property(hex, fc.integer({ min: 0, max: OLDEST_SESSION }), (digits, age) => {
        expect(assume("222222222222", "operator", `awsu-${digits}`, age)).toBe("allowed");
      }),
    );
  });

  test("the hour that awsu asks for is one that every tier allows", () => {
    expect(Math.min(...roster.tiers.map(({ sessionSeconds }) => sessionSeconds))).toBeGreaterThanOrEqual(HOUR);
  });

  test.each([
    ["without a code", () => assume("222222222222", "operator", SAMPLE, "none")],
    ["with an old code", () => assume("222222222222", "operator", SAMPLE, 12 * HOUR)],
    ["a role that is not granted, though its tier takes the name", () => assume("333333333333", "operator")],
    ["a role of another tier", () => assume("333333333333", "spectator")],
    ["a name that is one digit longer", () => assume("222222222222", "operator", `${SAMPLE}0`)],
    ["a colleague's name", () => assume("222222222222", "operator", "dev.two@example.org")],
    [
      "a mail address that looks like one of the names",
      () => assume("222222222222", "operator", "awsu-0123456789abcdef0@example.org000"),
    ],
  ])("no: %s", (_what, ask) => {
    expect(ask()).not.toBe("allowed");
    expect(ask()).not.toBe("unknown");
  });

  test("one's own name still takes the role", () => {
    expect(assume("222222222222", "operator", PERSON)).toBe("allowed");
  });

  test("trusts of other tiers are what they are without it, byte for byte", () => {
    const trusts = (all: typeof documents) =>
      all.flatMap(({ id, roles }) =>
        roles.map(({ name, trust }) => [[id, name].join(" "), JSON.stringify(trust)] as const),
      );
    const before = new Map(trusts(accessDocuments(compiled(plain))));
    const changed = trusts(documents).filter(([key, text]) => before.get(key) !== text);
    expect(changed.map(([key]) => key).sort()).toEqual(["222222222222 operator", "333333333333 operator"]);
    for (const [key, text] of changed) {
      const [first] = (JSON.parse(text) as { Statement: unknown[] }).Statement;
      expect([first]).toEqual((JSON.parse(before.get(key) ?? "") as { Statement: unknown[] }).Statement);
    }
  });

  test("the profiles are those whose roles take the name", () => {
    const { names } = compose("awsu", {
      ...{ person: PERSON, userAccountId: "111111111111", region: "eu-central-1", prefix: "" },
      ...{
        profiles: profilesOf(personRoles(roster, PERSON, NOW) ?? [], ""),
        invocation: [],
        rosterPath: "/roster.yaml",
      },
      mfaSerial: `arn:aws:iam::111111111111:mfa/${PERSON}`,
    });
    expect(names).toEqual(["testing-operator", "testing"]);
  });
});

interface SomeKeys {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}

function stsWith(endpoint: string, keys: SomeKeys | undefined): STSClient {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = keys ?? {};
  const pair = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  const credentials = SessionToken === undefined ? pair : { ...pair, sessionToken: SessionToken };
  return new STSClient({ endpoint, region: "eu-central-1", credentials });
}

/** Gives the person an access key and an MFA device. */
async function enrol(iam: IAMClient) {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: PERSON }));
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: PERSON }));
  const SerialNumber = VirtualMFADevice?.SerialNumber;
  const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
  await iam.send(new EnableMFADeviceCommand({ UserName: PERSON, SerialNumber, ...codes }));
  return { AccessKey, SerialNumber };
}

test("the same calls on the local AWS, whose trust, read back, lets them through", async () => {
  const root = mkdtempSync(join(tmpdir(), "rolecall-awsu-"));
  const sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
  try {
    await applyByHand(plan, sandbox.url);
    const accounts = plan.stacks.flatMap((stack) => stack.accounts);
    const [user, testing] = ["user", "testing"].map((key) => accounts.find((each) => each.key === key) ?? fail());
    if (!user || !testing) return fail();
    const { AccessKey, SerialNumber } = await enrol(await iamOf(user, sandbox.url));
    const sts = (keys?: SomeKeys) => stsWith(sandbox.url, keys);
    const session = await sts(AccessKey).send(
      new GetSessionTokenCommand({ DurationSeconds: HOUR, SerialNumber, TokenCode: "123456" }),
    );
    const RoleArn = `arn:aws:iam::${testing.id}:role/rolecall/operator`;
    const taken = await sts(session.Credentials).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: SAMPLE, DurationSeconds: HOUR }),
    );
    const { Arn } = await sts(taken.Credentials).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(`arn:aws:sts::${testing.id}:assumed-role/operator/${SAMPLE}`);
    // The emulator refuses nothing: what it holds is judged.
    const { Role } = await (await iamOf(testing, sandbox.url)).send(new GetRoleCommand({ RoleName: "operator" }));
    const trust = compilePolicy("live", JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")));
    const context = { ...contextAt("2026-11-22T12:00:00Z", signInWithMfa(0)), [SESSION_NAME]: SAMPLE };
    const request: Request = { principal, action: "sts:AssumeRole", resource: RoleArn, context };
    expect(evaluate(request, { ...identity, resource: trust }).verdict).toBe("allowed");
    expect(Role?.MaxSessionDuration).toBeGreaterThanOrEqual(HOUR);
  } finally {
    await sandbox.stop();
    rmSync(root, { recursive: true, force: true });
  }
});
