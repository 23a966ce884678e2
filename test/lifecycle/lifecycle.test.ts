import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileAccess } from "../../modules/access/compile";
import type { AccessPlan } from "../../modules/access/plan";
import { differenceText, diffLive } from "../../modules/live/compare";
import { readAccount } from "../../modules/live/read-account";
import { parseRoster } from "../../modules/roster/parse";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { expectCode, rolecall, run } from "../support/run-command";
import { AFTER, BEFORE } from "./rosters";

/*
 * The whole way on real parts: real Terraform, real provider, real `aws` client, the emulator server.
 * The emulator does not enforce IAM: assuming a role here shows that keys, ARNs, session names and environment fit together,
 * not that another role would be refused. Who may do what is the proof's matter.
 */
jest.setTimeout(300_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-lifecycle-"));
let sandbox: Sandbox;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: process.env, log: () => undefined });
  env = sandbox.env;
  write(BEFORE);
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

function write(roster: string): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "roster.yaml"), roster);
}

function planOf(roster: string): AccessPlan {
  const parsed = parseRoster([{ path: "roster.yaml", bytes: Buffer.from(roster) }], new Date());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  const plan = compileAccess(parsed.value, new Date());
  if (!plan.ok) throw new Error(JSON.stringify(plan.findings));
  return plan.value;
}

async function differences(plan: AccessPlan): Promise<readonly string[]> {
  const accounts = plan.stacks.flatMap(({ accounts }) => accounts);
  const found: string[] = [];
  for (const account of accounts) {
    const live = await readAccount({
      accountId: account.id,
      deployRoleArn: account.deployRoleArn,
      region: account.region,
      endpoint: sandbox.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    found.push(...diffLive(account, live).map((each) => `${account.key}: ${differenceText(each)}`));
  }
  return found;
}

interface PlanJson {
  readonly stacks: readonly {
    readonly stack: string;
    readonly add: number;
    readonly change: number;
    readonly destroy: number;
  }[];
}

async function planned(code: number): Promise<Record<string, readonly [number, number, number]>> {
  const { stdout } = expectCode(await rolecall(root, env, "plan", "--json", "--out", "saved"), code);
  const { stacks } = JSON.parse(stdout) as PlanJson;
  return Object.fromEntries(stacks.map(({ stack, add, change, destroy }) => [stack, [add, change, destroy]]));
}

/** The plan of a stack as JSON, where it stands: what is there already, and what would be added. */
async function showPlan(stack: string): Promise<void> {
  const cwd = join(root, ".rolecall/sandbox/cdktf.out/stacks", stack);
  expectCode(await run("terraform", ["plan", "-input=false", "-out=shown.tfplan"], { cwd, env }), 0);
  const shown = expectCode(await run("terraform", ["show", "-json", "shown.tfplan"], { cwd, env }), 0);
  writeFileSync(join(root, `${stack}.plan.json`), shown.stdout);
}

/** An IAM client of the user account, as its deploy role. */
async function userAccountClient(): Promise<IAMClient> {
  const common = { endpoint: sandbox.url, region: "eu-central-1" };
  const sts = new STSClient({ ...common, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole",
      RoleSessionName: "test",
    }),
  );
  return new IAMClient({
    ...common,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    },
  });
}

test("apply creates what the access plan says, and a second plan is empty", async () => {
  expectCode(await rolecall(root, env, "apply", "--auto-approve"), 0);
  expect(await planned(0)).toEqual({ production: [0, 0, 0], testing: [0, 0, 0], user: [0, 0, 0] });
  expect(await differences(planOf(BEFORE))).toEqual([]);
});

test("reading back notices a difference: the proof of the comparison", async () => {
  expect((await differences(planOf(AFTER))).length).toBeGreaterThan(0);
});

test("what is planned and what is live is proven; a right added by hand is not", async () => {
  expectCode(await rolecall(root, env, "prove", "--live"), 0);
  const stacks = ["production", "testing", "user"];
  await Promise.all(stacks.map(showPlan));
  const plans = stacks.map((stack) => join(root, `${stack}.plan.json`));
  expectCode(await rolecall(root, env, "prove", "--plan", ...plans), 0);
  expectCode(await rolecall(root, env, "prove", "--plan", "saved"), 0);

  const iam = await userAccountClient();
  const statement = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: "arn:aws:iam::333333333333:role/rolecall/*",
  };
  const extra = { UserName: "dev.one@example.org", PolicyName: "extra" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statement });
  await iam.send(new PutUserPolicyCommand({ ...extra, PolicyDocument }));
  const { stdout } = expectCode(await rolecall(root, env, "prove", "--live"), 1);
  expect(stdout).toContain('"dev.one@example.org" can take administrator in production');
  expect(stdout).toContain("user dev.one@example.org/extra, statement 0");
  await iam.send(new DeleteUserPolicyCommand(extra));
  expectCode(await rolecall(root, env, "prove", "--live"), 0);
});

/** What the `aws` client prints as JSON. */
async function awsClient(keys: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<unknown> {
  const all = ["--endpoint-url", sandbox.url, ...args, "--output", "json"];
  return JSON.parse(expectCode(await run("aws", all, { cwd: root, env: keys }), 0).stdout);
}

test("a person's keys take the role they were given, with the SDK and with the aws client", async () => {
  const iam = await userAccountClient();
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "dev.one@example.org" }));
  const keys = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  const sts = new STSClient({ endpoint: sandbox.url, region: "eu-central-1", credentials: keys });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe("arn:aws:iam::111111111111:user/dev.one@example.org");
  const role = "arn:aws:iam::222222222222:role/rolecall/operator";
  const { AssumedRoleUser } = await sts.send(
    new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "dev.one@example.org" }),
  );
  expect(AssumedRoleUser?.Arn).toMatch(/^arn:aws:sts::222222222222:assumed-role\/.*operator\/dev\.one@example\.org$/);

  const person = { ...env, AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
  const named = ["--role-arn", role, "--role-session-name", "dev.one@example.org"];
  const { Credentials } = (await awsClient(person, "sts", "assume-role", ...named)) as {
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  };
  const session = {
    ...env,
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  };
  expect(await awsClient(session, "sts", "get-caller-identity")).toMatchObject({ Account: "222222222222" });
});

test("an outsider added to a group by hand shows as a change of that membership, and apply removes them", async () => {
  const iam = await userAccountClient();
  await iam.send(new CreateUserCommand({ UserName: "mallory" }));
  await iam.send(new AddUserToGroupCommand({ UserName: "mallory", GroupName: "team-seniors" }));
  expect(await planned(1)).toEqual({ production: [0, 0, 0], testing: [0, 0, 0], user: [0, 1, 0] });
  expectCode(await rolecall(root, env, "apply", "user", "--auto-approve"), 0);
  const live = await differences(planOf(BEFORE));
  expect(live.filter((line) => line.includes("team-seniors"))).toEqual([]);
  const { DeleteUserCommand } = await import("@aws-sdk/client-iam");
  await iam.send(new DeleteUserCommand({ UserName: "mallory" }));
});

test("a changed roster plans exactly the change: a move, a team and its person gone, an account more", async () => {
  write(AFTER);
  expect(await planned(1)).toEqual({
    production: [0, 0, 0],
    // Four roles, three of them with an inline policy (not the auditor); an exclusive pair each; the boundary.
    staging: [16, 0, 0],
    testing: [0, 0, 0],
    // Changed: two memberships of the move, the people group, two group policies that reach staging.
    // Gone: the auditors' group, membership, policy and exclusive pair, and their person.
    user: [0, 5, 6],
  });
  const { stderr } = expectCode(await rolecall(root, env, "apply", "--auto-approve"), 0);
  // Who gains and loses what comes before the counts; addresses are for --verbose.
  expect(stderr).toMatch(
    /the plans of .* do what the roster says[\s\S]*\nmore access\n[\s\S]*\nstack user: 0 to add, 5 to change/,
  );
  expect(stderr).not.toContain("update aws_iam_");
  expect(await planned(0)).toMatchObject({ user: [0, 0, 0], staging: [0, 0, 0] });
  expect(await differences(planOf(AFTER))).toEqual([]);
});

test("state, plans, logs and output hold no secret", () => {
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files(path) : entry.isFile() && statSync(path).size < 5_000_000 ? [path] : [];
    });
  const written = files(join(root, ".rolecall")).filter((path) => !/\/\.terraform\//.test(path));
  expect(written.some((path) => path.endsWith(".tfstate"))).toBe(true);
  const secret = /SecretAccessKey|aws_iam_access_key|login_profile|"secret"|base_32_string_seed|AKIA[A-Z0-9]{12,}/;
  const hits = written.filter((path) => secret.test(readFileSync(path, "latin1")));
  expect(hits).toEqual([]);
});

test("destroy removes everything, a person's keys included", async () => {
  expectCode(await rolecall(root, env, "destroy", "--auto-approve"), 0);
  const after = await differences(planOf(AFTER));
  expect(after.length).toBeGreaterThan(0);
  expect(await planned(1)).toMatchObject({ user: [expect.any(Number), 0, 0] });
});
