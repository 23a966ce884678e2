import { GetUserCommand, type IAMClient, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offboard, offboardAsking } from "../../modules/cli/people/offboard";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { applyByHand, iamOf } from "../support/apply-by-hand";
import { type AwsProxy, type Fate, startAwsProxy } from "../support/aws-proxy";
import { executed } from "../support/execute";
import { parseText } from "../support/roster-text";
import { compiled } from "../support/synth";

export type GivenOptions = Partial<Parameters<typeof offboard.run>[1]>;

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

  async start(roster: string): Promise<void> {
    this.sandbox = await startSandbox({ root: this.root, env: this.before, log: () => undefined });
    this.proxy = await startAwsProxy(this.sandbox.url, (body) => this.fate(body));
    process.env = { ...this.sandbox.env, AWS_ENDPOINT_URL: this.proxy.url };
    writeFileSync(this.file, roster);
    const parsed = parseText(roster);
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

  readonly exists = (UserName: string): Promise<boolean> =>
    this.iam("user")
      .send(new GetUserCommand({ UserName }))
      .then(
        () => true,
        () => false,
      );

  /** Names of the policies on the role that end sessions. */
  readonly denials = async (account: string, RoleName: string): Promise<readonly string[]> => {
    const { PolicyNames = [] } = await this.iam(account).send(new ListRolePoliciesCommand({ RoleName }));
    return PolicyNames.filter((name) => name.startsWith("rolecall-revoked"));
  };
}

/** Starts the world before the file's tests and stops it after them. */
export function offboardWorld(roster: string): OffboardWorld {
  const world = new OffboardWorld();
  beforeAll(() => world.start(roster));
  beforeEach(() => {
    world.fate = () => "pass";
  });
  afterAll(() => world.stop());
  return world;
}
