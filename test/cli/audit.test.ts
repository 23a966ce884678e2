import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteAccountPasswordPolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit } from "../../modules/cli/people/audit";
import type { AuditItem } from "../../modules/audit/item";
import { revocationDocument, revocationName } from "../../modules/iam/revocation";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { SMALL } from "../lifecycle/rosters";
import { applyByHand, iamOf } from "../support/apply-by-hand";
import { type AwsProxy, type Fate, startAwsProxy } from "../support/aws-proxy";
import { executed } from "../support/execute";
import { parseText } from "../support/roster-text";
import { compiled } from "../support/synth";

/*
 * The command on the emulator. Its root users have no MFA, so that finding is always there; ages and last use, which it does
 * not have, are tested on facts (test/audit/audit.test.ts). Refusals and throttling come from a proxy.
 */
jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-audit-"));
const before = process.env;
let sandbox: Sandbox;
let proxy: AwsProxy;
let fate: (body: URLSearchParams) => Fate = () => "pass";
let [user, testing]: IAMClient[] = [];

const DENIAL = {
  RoleName: "operator",
  PolicyName: revocationName("gone"),
  PolicyDocument: JSON.stringify(revocationDocument({ person: "gone", before: new Date() })),
};

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: before, log: () => undefined });
  proxy = await startAwsProxy(sandbox.url, (body) => fate(body));
  process.env = { ...sandbox.env, AWS_ENDPOINT_URL: proxy.url };
  writeFileSync(join(root, "roster.yaml"), SMALL);
  const parsed = parseText(SMALL);
  if (!parsed.ok) throw new Error("the roster does not hold");
  const plan = compiled(parsed.value);
  await applyByHand(plan, sandbox.url);
  const accounts = plan.stacks.flatMap((stack) => stack.accounts);
  const client = async (key: string) => {
    const account = accounts.find((each) => each.key === key);
    if (account === undefined) throw new Error(key);
    return iamOf(account, sandbox.url);
  };
  user = await client("user");
  testing = await client("testing");
});

afterAll(async () => {
  process.env = before;
  await proxy?.stop();
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

beforeEach(() => {
  fate = () => "pass";
});

async function audited() {
  const { code, stdout } = await executed(root, audit, { json: true, keyDays: 90, unusedDays: 90 });
  const result = JSON.parse(stdout) as { readonly schemaVersion: number; readonly items: readonly AuditItem[] };
  return { code, ...result };
}

const brief = (items: readonly AuditItem[]) =>
  items
    .filter(({ check, message }) => check !== "root" || !message.includes("has no MFA"))
    .map(({ kind, account, check, message }) => `${kind} ${account} ${check}: ${message}`);

test("what was just applied is clean, but for the root users of the emulator; and only reading calls are made", async () => {
  proxy.take();
  const { code, schemaVersion, items } = await audited();
  expect([code, schemaVersion, brief(items)]).toEqual([1, 3, []]);
  expect(items.map(({ account, check }) => `${account} ${check}`)).toEqual([
    "production root",
    "testing root",
    "user root",
  ]);
  const actions = proxy.take();
  expect(actions).toContain("GetCredentialReport");
  expect(actions.filter((action) => !/^(Get|List)\w+$|^(GenerateCredentialReport|AssumeRole)$/.test(action))).toEqual(
    [],
  );
});

test("throttling is waited out", async () => {
  let left = 2;
  fate = (body) => (body.get("Action") === "ListRoles" && left-- > 0 ? { status: 400, code: "Throttling" } : "pass");
  expect(brief((await audited()).items)).toEqual([]);
  expect(left).toBeLessThan(0);
});

describe("what is refused is unknown, never fine", () => {
  test.each([
    ["GetAccountSummary GetCredentialReport ListVirtualMFADevices", ["mfa", "root"]],
    ["GetAccountPasswordPolicy", ["drift", "password-policy", "proof"]],
    ["GetRolePolicy", ["drift", "proof"]],
    ["AssumeRole", ["account", "proof"]],
  ])("%s", async (actions, checks) => {
    fate = (body) =>
      actions.split(" ").includes(body.get("Action") ?? "") ? { status: 403, code: "AccessDenied" } : "pass";
    const { code, items } = await audited();
    expect(code).toBe(2);
    const unknown = items.filter(({ kind }) => kind === "unknown");
    expect([...new Set(unknown.map(({ check }) => check))].sort()).toEqual(checks);
    if (checks.includes("mfa")) expect(unknown.filter(({ check }) => check === "mfa")).toHaveLength(2);
    expect(unknown.every(({ message }) => message.length > 0)).toBe(true);
  });

  test("one account out of reach: named, and the others are read", async () => {
    fate = (body) => (body.get("RoleArn")?.includes("333333333333") ? { status: 403, code: "AccessDenied" } : "pass");
    const { code, items } = await audited();
    expect(code).toBe(2);
    expect(items.map(({ kind, account, check }) => `${kind} ${account} ${check}`)).toEqual([
      "unknown all proof",
      "unknown production account",
      "finding testing root",
      "finding user root",
    ]);
  });
});

/** Changes in two accounts, one for each kind of finding below. */
async function changeByHand(): Promise<void> {
  const eve = { UserName: "eve" };
  const two = { UserName: "senior.two@example.org" };
  const anybody = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
  const policy = (...Statement: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement });
  await user?.send(new CreateUserCommand(eve));
  await user?.send(new AddUserToGroupCommand({ ...eve, GroupName: "team-seniors" }));
  // A name that breaks the credential report's columns: read one by one instead.
  await user?.send(new CreateUserCommand({ UserName: "com,ma" }));
  await user?.send(new CreateAccessKeyCommand({ UserName: "com,ma" }));
  await user?.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "stray" }));
  await user?.send(new CreateLoginProfileCommand({ ...two, Password: "Old-password-123" }));
  await user?.send(new CreateAccessKeyCommand(two));
  await user?.send(new AttachUserPolicyCommand({ ...two, PolicyArn: "arn:aws:iam::aws:policy/AWSDenyAll" }));
  const one = { UserName: "senior.one@example.org", PolicyName: "extra" };
  const allow = policy({ Effect: "Allow", Action: "iam:*", Resource: "*" });
  await user?.send(new PutUserPolicyCommand({ ...one, PolicyDocument: allow }));
  await user?.send(new DeleteAccountPasswordPolicyCommand({}));
  await testing?.send(new CreateUserCommand({ UserName: "mallory" }));
  await testing?.send(new CreateRoleCommand({ RoleName: "back", AssumeRolePolicyDocument: policy(anybody) }));
  const named = policy({ ...anybody, Principal: { AWS: "arn:aws:iam::111111111111:user/eve" } });
  await testing?.send(new CreateRoleCommand({ RoleName: "side", AssumeRolePolicyDocument: named }));
  const service = policy({ ...anybody, Principal: { Service: "ec2.amazonaws.com" } });
  await testing?.send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument: service }));
  const opened = { RoleName: "spectator", PolicyDocument: named };
  await testing?.send(new UpdateAssumeRolePolicyCommand(opened));
  await testing?.send(new PutRolePolicyCommand(DENIAL));
}

test("what was changed by hand is found; a denial that an offboarding left is explained", async () => {
  await changeByHand();
  const { code, items } = await audited();
  expect(code).toBe(1);
  const found = brief(items).filter((line) => !line.startsWith("finding all proof"));
  expect(found).toEqual([
    'finding testing drift: the role "spectator": trust differs',
    'finding testing entrances: "arn:aws:iam::222222222222:role/back" lets in anybody',
    'finding testing entrances: "arn:aws:iam::222222222222:role/side" lets in the user "arn:aws:iam::111111111111:user/eve"',
    'finding testing users-outside: the user "mallory" is in an account that has no users',
    'finding user drift: the group "team-seniors": members differ',
    "finding user drift: the password policy differs",
    'finding user drift: the user "com,ma" is not in the plan',
    'finding user drift: the user "eve" is not in the plan',
    'finding user drift: the user "senior.one@example.org": inline policies differ',
    'finding user drift: the user "senior.two@example.org": attached policies differ',
    'finding user mfa: "com,ma" has an access key and no MFA device: anybody who has the key can enrol one',
    'finding user mfa: "senior.two@example.org" has a password and no MFA device: anybody who has the password can enrol one',
    'finding user mfa: "senior.two@example.org" has an access key and no MFA device: anybody who has the key can enrol one',
    "finding user password-policy: there is no password policy",
    'finding user people: an offboarding of "senior.two@example.org" stopped halfway',
    expect.stringMatching(
      /^note testing ended-sessions: "rolecall-revoked-sessions-gone" of "operator" ends sessions until 2/,
    ),
    'note user mfa: the MFA device "arn:aws:iam::111111111111:mfa/stray" is not assigned to a user',
  ]);
  expect(brief(items).filter((line) => line.startsWith("finding all proof")).length).toBeGreaterThan(2);
});

test("as text: a line and a cure for each, and the sum", async () => {
  const { code, stdout, stderr } = await executed(root, audit, { json: false, keyDays: 90, unusedDays: 90 });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^audit of 3 accounts, credential report of /);
  expect(stdout).toMatch(/WRONG {2}user +people +an offboarding of .*\n +run rolecall offboard again; it goes on\n/);
  expect(stdout).toMatch(/\n\d+ wrong, 0 unknown, 2 to note\n$/);
  expect(stderr).toContain("reading production, testing, user");
});
