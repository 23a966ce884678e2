import {
  AddRoleToInstanceProfileCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  type IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditItem } from "../../modules/audit/item";
import { audit } from "../../modules/cli/people/audit";
import { execute } from "../../modules/cli/command";
import { can } from "../../modules/cli/proof/can";
import { prove } from "../../modules/cli/proof/prove";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { SMALL } from "../lifecycle/rosters";
import { applyByHand, iamOf } from "../support/apply-by-hand";
import { type AwsProxy, type Fate, startAwsProxy } from "../support/aws-proxy";
import { executed } from "../support/execute";
import { heard } from "../support/in-process";
import { parseText } from "../support/roster-text";
import { compiled } from "../support/synth";

/* Everything that could let somebody in, made in the emulator's accounts by hand; which of it is wrong is in test/audit/cases. */
jest.setTimeout(90_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-entrances-"));
const before = process.env;
const PERSON = "senior.one@example.org";
const DEPLOY = "OrganizationAccountAccessRole";
let sandbox: Sandbox;
let proxy: AwsProxy;
let fate: (body: URLSearchParams) => Fate = () => "pass";
let [user, testing]: IAMClient[] = [];

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
  [user, testing] = await Promise.all(
    ["user", "testing"].map((key) => {
      const account = accounts.find((each) => each.key === key);
      if (account === undefined) throw new Error(key);
      return iamOf(account, sandbox.url);
    }),
  );
});

afterAll(async () => {
  process.env = before;
  await proxy?.stop();
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

const policy = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
const trust = (Principal: unknown, more: object = {}) => policy({ Principal, Action: "sts:AssumeRole", ...more });
const EVERYTHING = policy({ Action: "*", Resource: "*" });

/** Codes of what stands in the accounts and is named. */
async function audited() {
  const { stdout } = await executed(root, audit, { json: true, keyDays: 90, unusedDays: 90 });
  const answer = JSON.parse(stdout) as {
    readonly items: readonly AuditItem[];
    readonly expected: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  const items = answer.items.filter(({ check }) => check === "entrances");
  return { ...answer, items, codes: items.map(({ account, code, message }) => `${account} ${code ?? message}`) };
}

async function proven() {
  const world = heard(root);
  const code = await execute(world.context, prove, { json: true, live: true });
  const { checks } = JSON.parse(world.stdout()) as {
    readonly checks: readonly { readonly title: string; readonly breaches: readonly { readonly claim: string }[] }[];
  };
  const check = checks.find(({ title }) => title === "nobody and nothing gets in except through the roster");
  return { code, claims: check?.breaches.map(({ claim }) => claim) };
}

async function asked(account: string, action?: string) {
  const world = heard(root);
  const code = await execute(world.context, can, { json: false, live: true }, PERSON, account, action, undefined);
  return { code, text: world.stdout() };
}

test("what was just applied lets nobody in, and a no is a plain no", async () => {
  expect((await audited()).codes).toEqual([]);
  expect(await proven()).toEqual({ code: 0, claims: [] });
  const { code, text } = await asked("user", "iam:CreateUser");
  expect([code, text]).toEqual([1, expect.stringMatching(/^no: [\s\S]*every role of every account was asked/)]);
});

test("a deploy role of the user account that names a person lets that person in: audit, prove and can say so", async () => {
  const named = trust({ AWS: ["arn:aws:iam::111111111111:root", `arn:aws:iam::111111111111:user/${PERSON}`] });
  await user?.send(new CreateRoleCommand({ RoleName: DEPLOY, AssumeRolePolicyDocument: named }));
  await user?.send(new PutRolePolicyCommand({ RoleName: DEPLOY, PolicyName: "all", PolicyDocument: EVERYTHING }));
  expect((await audited()).codes.sort()).toEqual(["user deploy-role-open", "user person-takes-role"]);
  expect(await proven()).toEqual({ code: 1, claims: ["deploy-role-open", "person-takes-role"] });
  const { code, text } = await asked("user", "iam:CreateUser");
  expect([code, text]).toEqual([0, expect.stringMatching(/^yes: [\s\S]*as "arn.*OrganizationAccountAccessRole"/)]);
  expect((await asked("user")).code).toBe(0);
  const closed = { RoleName: DEPLOY, PolicyDocument: trust({ AWS: "111111111111" }) };
  await user?.send(new UpdateAssumeRolePolicyCommand(closed));
  expect((await audited()).expected["user"]).toMatchObject({ "deploy-role": 1 });
  expect((await asked("user", "iam:CreateUser")).code).toBe(1);
});

/** Makes one entrance of each other kind. */
async function makeEntrances(): Promise<void> {
  const box = { RoleName: "box", AssumeRolePolicyDocument: trust({ Service: "ec2.amazonaws.com" }) };
  await user?.send(new CreateRoleCommand(box));
  await user?.send(new CreateInstanceProfileCommand({ InstanceProfileName: "box" }));
  await user?.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: "box", RoleName: "box" }));
  await user?.send(new CreateSAMLProviderCommand({ Name: "idp", SAMLMetadataDocument: "<x/>".padEnd(1000) }));
  const oidc = { Url: "https://login.example.org", ClientIDList: ["aws"], ThumbprintList: ["a".repeat(40)] };
  await testing?.send(new CreateOpenIDConnectProviderCommand(oidc));
  await user?.send(new CreatePolicyCommand({ PolicyName: "wide", PolicyDocument: EVERYTHING }));
  const key = `ssh-rsa ${Buffer.from("not a key").toString("base64")}`;
  await user?.send(new UploadSSHPublicKeyCommand({ UserName: PERSON, SSHPublicKeyBody: key }));
  const boundary = "arn:aws:iam::222222222222:policy/rolecall/operator-boundary";
  await testing?.send(new CreatePolicyVersionCommand({ PolicyArn: boundary, PolicyDocument: EVERYTHING }));
  const web = {
    RoleName: "web",
    Path: "/application/",
    AssumeRolePolicyDocument: trust({ Service: "ec2.amazonaws.com" }),
  };
  await testing?.send(new CreateRoleCommand({ ...web, PermissionsBoundary: boundary }));
}

test("everything else that gets in is named, and what is declared is held to it", async () => {
  await makeEntrances();
  const all = [
    "testing provider",
    "testing wider-version",
    "user instance-profile-in-user-account",
    "user open-to-service",
    "user other-credential",
    "user unexpected-provider",
    "user unheld-policy",
  ];
  const { codes, items, expected } = await audited();
  expect([...codes].sort()).toEqual(all);
  expect(expected["testing"]).toMatchObject({ "tier-role": 3, "application-role": 1 });
  expect((await proven()).claims?.length).toBe(all.length - 1);

  // The cures of audit, put into the roster as they are.
  const declared = items.flatMap(({ cure }) => /declare it: userAccount\.expected\.(.*)$/.exec(cure)?.[1] ?? []);
  expect(declared).toHaveLength(2);
  const section = `expected: { ${declared.join(", ")} }`;
  writeFileSync(join(root, "roster.yaml"), SMALL.replace("alias: example-users", `alias: example-users, ${section}`));
  const held = await audited();
  expect([...held.codes].sort()).toEqual(all.filter((each) => !/open-to-service|unexpected-provider/.test(each)));
  expect(held.expected["user"]).toMatchObject({ "declared-role": 1, "declared-provider": 1 });
  await user?.send(new PutRolePolicyCommand({ RoleName: "box", PolicyName: "all", PolicyDocument: EVERYTHING }));
  const changed = (await audited()).items.find(({ code }) => code === "declared-role-changed");
  expect(changed?.message).toBe('the rights of the declared role "arn:aws:iam::111111111111:role/box" changed');
});

test("a policy that operators may rewrite is named with each holder outside their boundary, until that one lets go of it", async () => {
  const before = (await audited()).codes;
  const shared = {
    PolicyName: "shared",
    Path: "/application/",
    PolicyDocument: policy({ Action: "s3:Get*", Resource: "*" }),
  };
  const PolicyArn = (await testing?.send(new CreatePolicyCommand(shared)))?.Policy?.Arn ?? "";
  await testing?.send(new AttachRolePolicyCommand({ RoleName: "web", PolicyArn }));
  expect((await audited()).codes).toEqual(before);
  const release = { RoleName: "release", AssumeRolePolicyDocument: trust({ AWS: "222222222222" }) };
  await testing?.send(new CreateRoleCommand(release));
  await testing?.send(new AttachRolePolicyCommand({ RoleName: "release", PolicyArn }));
  await testing?.send(new CreateUserCommand({ UserName: "backup" }));
  await testing?.send(new CreateGroupCommand({ GroupName: "admins", Path: "/x/" }));
  await testing?.send(new AttachGroupPolicyCommand({ GroupName: "admins", PolicyArn }));
  await testing?.send(new AttachUserPolicyCommand({ UserName: "backup", PolicyArn }));
  const { items } = await audited();
  const rewrite = items.filter(({ code }) => code === "operators-may-rewrite");
  const which = (rest: string) => `operators may rewrite "${PolicyArn}", which ${rest}`;
  expect(rewrite.map(({ message }) => message)).toEqual([
    which('the group "x/admins" holds'),
    which('the role "release" holds'),
    which('the user "backup" holds'),
  ]);
  expect((await proven()).claims?.filter((claim) => claim === "operators-may-rewrite")).toHaveLength(3);
});

test("what could not be read is unknown, never fine", async () => {
  fate = (body) =>
    body.get("Action") === "GetAccountAuthorizationDetails" ? { status: 403, code: "AccessDenied" } : "pass";
  const { items } = await audited();
  expect(items.map(({ kind }) => kind)).toEqual(["unknown", "unknown", "unknown"]);
  const world = heard(root);
  expect(await execute(world.context, prove, { json: false, live: true })).toBe(2);
  expect(world.stdout()).toContain("NOT proven: user, production, testing could not be read");
  fate = () => "pass";
});
