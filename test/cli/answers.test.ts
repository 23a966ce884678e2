import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute } from "../../modules/cli/command";
import { whoami } from "../../modules/cli/devices/whoami";
import { audit } from "../../modules/cli/people/audit";
import { invite } from "../../modules/cli/people/invite";
import { offboard } from "../../modules/cli/people/offboard";
import { can } from "../../modules/cli/proof/can";
import { prove } from "../../modules/cli/proof/prove";
import { USUAL } from "../../modules/live/answers/patience";
import { setPatience } from "../../modules/live/send";
import type { Context } from "../../modules/machine/context";
import { type Sandbox, startSandbox } from "../../modules/sandbox/sandbox";
import { applyByHand, iamOf } from "../support/apply-by-hand";
import { heard } from "../support/in-process";
import { type Instead, type Replay, startReplay } from "../support/replay";
import { parseText } from "../support/roster-text";
import { compiled } from "../support/synth";
import { AttachUserPolicyCommand, PutRolePolicyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { revocationDocument, revocationName } from "../../modules/iam/revocation";

/*
 * Commands on the emulator, with one action answered by what is no answer of AWS: whatever the command would say otherwise, it
 * ends with 2 and says what was not read. Which actions a command asks for is seen, not listed: new ones are covered at once.
 */
jest.setTimeout(600_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-answers-"));
const before = process.env;
let sandbox: Sandbox;
let replay: Replay;

const PERSON = "senior.two@example.org";
/** One account and one tier to read and to prove: every run reads all of it, and there are some 300. */
const ROSTER = `
organization: example
region: eu-central-1
userAccount: { id: "111111111111", alias: example-users }
accounts:
  testing: { id: "222222222222" }
teams:
  seniors: { testing: administrator }
people:
  ${PERSON}: { teams: [seniors] }
`;
const COMMANDS: Readonly<Record<string, (context: Context) => Promise<number>>> = {
  audit: (context) => execute(context, audit, { json: false, keyDays: 90, unusedDays: 90 }),
  "prove --live": (context) => execute(context, prove, { live: true, json: false }),
  "can --live": (context) =>
    execute(context, can, { live: true, json: false }, PERSON, "testing", "ec2:RunInstances", undefined),
  whoami: (context) => execute(context, whoami, { json: false }),
  "offboard --dry-run": (context) => execute(context, offboard, { dryRun: true, json: false, force: true }, PERSON),
  "offboard --finish --dry-run": (context) =>
    execute(context, offboard, { finish: true, dryRun: true, json: false }, undefined),
  invite: (context) => execute(context, invite, { print: true, json: false }, PERSON),
};

const FORMS: Readonly<Record<string, (action: string) => Instead>> = {
  "a portal's page": () => ({ status: 200, body: "<html><body>sign in</body></html>", type: "text/html" }),
  "a result with nothing in it": (action) => ({
    status: 200,
    body: `<${action}Response><${action}Result/><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  }),
  "a refusal with 200": () => ({
    status: 200,
    body: "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error><RequestId>1</RequestId></ErrorResponse>",
  }),
  "none such, from somebody else": () => ({
    status: 404,
    body: "<x><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></x>",
  }),
  "an empty answer": () => ({ status: 200, body: "" }),
  "a gateway's error": () => ({ status: 504, body: "<html><body>late</body></html>", type: "text/html" }),
};

/** What no command may say when something was not answered. */
const SAFE = /^(proven|clean|no: |yes: )|no offboarding left a denial|\bdone {4}|one-time password of/m;

beforeAll(async () => {
  sandbox = await startSandbox({ root, env: before, log: () => undefined });
  replay = await startReplay(sandbox.url);
  process.env = { ...sandbox.env, AWS_ENDPOINT_URL: replay.url };
  mkdirSync(join(root, "modules"), { recursive: true });
  writeFileSync(join(root, "roster.yaml"), ROSTER);
  const parsed = parseText(ROSTER);
  if (!parsed.ok) throw new Error("the roster does not hold");
  const plan = compiled(parsed.value);
  await applyByHand(plan, sandbox.url);
  const accounts = plan.stacks.flatMap((stack) => stack.accounts);
  const client = async (key: string) => {
    const account = accounts.find((each) => each.key === key);
    if (account === undefined) throw new Error(key);
    return iamOf(account, sandbox.url);
  };
  const user = await client("user");
  // Something of every kind, so that every reader has something to read.
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }],
  });
  await user.send(new PutUserPolicyCommand({ UserName: PERSON, PolicyName: "by-hand", PolicyDocument }));
  await user.send(
    new AttachUserPolicyCommand({ UserName: PERSON, PolicyArn: "arn:aws:iam::aws:policy/SecurityAudit" }),
  );
  await (await client("testing")).send(
    new PutRolePolicyCommand({
      RoleName: "operator",
      PolicyName: revocationName("gone"),
      PolicyDocument: JSON.stringify(revocationDocument({ person: "gone", before: new Date() })),
    }),
  );
  setPatience({ ...USUAL, attempts: 2, pause: 1, slowDown: 1 });
});

afterAll(async () => {
  setPatience(USUAL);
  process.env = before;
  await replay?.stop();
  await sandbox?.stop();
  rmSync(root, { recursive: true, force: true });
});

async function ran(run: (context: Context) => Promise<number>) {
  const world = heard(root, { isTty: true });
  const code = await run(world.context);
  return { code, stdout: world.stdout(), stderr: world.stderr() };
}

test.each(Object.entries(COMMANDS))("%s: with any of its actions unanswered it ends with 2", async (name, run) => {
  await new Promise((wake) => setTimeout(wake, 300)); // What a command before still had on its way.
  replay.instead = () => undefined;
  replay.take();
  const fine = await ran(run);
  expect(fine.code).not.toBe(2);
  const actions = replay.take();
  const forms = Object.entries(FORMS).slice(0, name.includes("--live") ? 2 : undefined);
  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions)
    for (const [form, instead] of forms) {
      replay.instead = (asked) => (asked.get("Action") === action ? instead(action) : undefined);
      const { code, stdout, stderr } = await ran(run);
      const where = `${action}: ${form}`;
      expect([where, code, SAFE.exec(stdout)?.[0]]).toEqual([where, 2, undefined]);
      expect([where, stdout + stderr]).toEqual([where, expect.stringContaining(action)]);
    }
});
