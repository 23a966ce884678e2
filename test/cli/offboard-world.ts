import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offboard, offboardAsking } from "../../modules/cli/people/offboard";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { SMALL } from "../lifecycle/rosters";
import { applyByHand, iamOf } from "../support/apply-by-hand";
import { type AwsProxy, type Fate, startAwsProxy } from "../support/aws-proxy";
import { executed } from "../support/execute";
import { parseText } from "../support/roster-text";
import { compiled } from "../support/synth";

type GivenOptions = Partial<Parameters<typeof offboard.run>[1]>;

/** One person for each test: nothing that another test left stands in the way. */
export const ROSTER = `${SMALL.replace("teams:\n", 'tiers:\n  operator: { sessionNames: ["awsu-*"] }\nteams:\n')}  leaver.0@example.org: { teams: [seniors] }
  leaver.1@example.org: { teams: [seniors] }   # leaves soon
  leaver.2@example.org: { teams: [seniors] }
  leaver.3@example.org: { teams: [seniors] }
  leaver.4@example.org: { teams: [seniors], grants: [{ account: testing, tier: operator }] }
${[0, 1, 2, 3, 4].map((index) => `  fails.${index}@example.org: { teams: [seniors] }`).join("\n")}
`;

/** The roster applied to the emulator, with a proxy in front of it. It is there while the file's tests run. */
class OffboardWorld {
  readonly root = mkdtempSync(join(tmpdir(), "rolecall-offboard-"));
  readonly file = join(this.root, "roster.yaml");
  /** What becomes of a call; every call passes at the beginning of a test. */
  fate: (body: URLSearchParams) => Fate = () => "pass";
  private readonly before = process.env;
  private readonly clients = new Map<string, IAMClient>();
  private sandbox?: Sandbox;
  private proxy?: AwsProxy;

  async start(): Promise<void> {
    this.sandbox = await startSandbox({ root: this.root, env: this.before, log: () => undefined });
    this.proxy = await startAwsProxy(this.sandbox.url, (body) => this.fate(body));
    process.env = { ...this.sandbox.env, AWS_ENDPOINT_URL: this.proxy.url };
    writeFileSync(this.file, ROSTER);
    const parsed = parseText(ROSTER);
    if (!parsed.ok) throw new Error("the roster does not hold");
    const plan = compiled(parsed.value);
    await applyByHand(plan, this.sandbox.url);
    for (const account of plan.stacks.flatMap(({ accounts }) => accounts))
      this.clients.set(account.key, await iamOf(account, this.sandbox.url));
  }

  async stop(): Promise<void> {
    process.env = this.before;
    await this.proxy?.stop();
    await this.sandbox?.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Actions asked for since the last call. */
  readonly take = () => this.proxy?.take() ?? [];

  readonly iam = (account: string): IAMClient => {
    const client = this.clients.get(account);
    if (client === undefined) throw new Error(`no account ${account}`);
    return client;
  };

  readonly tried = async (person: string, options: GivenOptions = {}, answer = { isTty: false, yes: false }) => {
    const tools = { confirm: async () => answer.yes, clock: () => new Date() };
    const asking: typeof offboard = {
      ...offboard,
      run: (context, given) => offboardAsking(context, given, person, tools),
    };
    const asked = { json: false, dryRun: false, ...options };
    const { code, stdout, stderr } = await executed([this.root, { isTty: answer.isTty }], asking, asked, person);
    return { code, out: stdout, err: stderr };
  };

  readonly finish = (given: GivenOptions = {}) =>
    executed(this.root, offboard, { json: false, dryRun: false, finish: true, ...given }, undefined);

  readonly exists = (UserName: string): Promise<boolean> =>
    this.iam("user")
      .send(new GetUserCommand({ UserName }))
      .then(
        () => true,
        () => false,
      );

  /** A person with one of everything a person can have here. */
  readonly furnish = async (UserName: string): Promise<void> => {
    const user = this.iam("user");
    await user.send(new CreateLoginProfileCommand({ UserName, Password: "Old-password-123" }));
    await user.send(new CreateAccessKeyCommand({ UserName }));
    await user.send(new CreateAccessKeyCommand({ UserName }));
    const { VirtualMFADevice } = await user.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: UserName }));
    const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
    await user.send(new EnableMFADeviceCommand({ UserName, SerialNumber: VirtualMFADevice?.SerialNumber, ...codes }));
    await user.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: "ssh-rsa AAAA x" }));
    await user.send(new AttachUserPolicyCommand({ UserName, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }));
  };

  /** Names of the policies on the role that end sessions. */
  readonly denials = async (account: string, RoleName: string): Promise<readonly string[]> => {
    const { PolicyNames = [] } = await this.iam(account).send(new ListRolePoliciesCommand({ RoleName }));
    return PolicyNames.filter((name) => name.startsWith("rolecall-revoked"));
  };

  /** The statement of such a policy. */
  readonly denialOf = async (account: string, RoleName: string, PolicyName: string) => {
    const found = await this.iam(account).send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const [statement] = JSON.parse(decodeURIComponent(found.PolicyDocument ?? "")).Statement;
    return statement;
  };
}

/** Every role of this account refuses to be taken. */
export const outOfReach =
  (account: string) =>
  (body: URLSearchParams): Fate =>
    body.get("RoleArn")?.includes(account) ? { status: 403, code: "AccessDenied" } : "pass";

/** Starts the world before the file's tests and stops it after them. */
export function offboardWorld(): OffboardWorld {
  const world = new OffboardWorld();
  beforeAll(() => world.start());
  beforeEach(() => {
    world.fate = () => "pass";
  });
  afterAll(() => world.stop());
  return world;
}
