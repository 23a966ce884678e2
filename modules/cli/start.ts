import { rmSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../access/claims";
import { compileAccess } from "../access/compile";
import type { AccessPlan } from "../access/plan";
import { formatFinding } from "../finding";
import { differenceText, diffLive } from "../live/compare";
import type { LiveAccount } from "../live/live-account";
import { liveDocuments, liveGuards } from "../live/live-documents";
import { readAccount } from "../live/read-account";
import { renderMatrix } from "../report/matrix";
import type { Roster } from "../roster/roster";
import { recordSandbox, stopRunningSandbox } from "../sandbox/running-sandbox";
import { SandboxError } from "../sandbox/sandbox-error";
import { type Sandbox, startSandbox } from "../sandbox/sandbox";
import { shellExports } from "../sandbox/sandbox-env";
import { apply } from "./stacks/apply";
import type { Context } from "../machine/context";
import { createContext } from "../machine/create-context";
import { plan } from "./stacks/plan";
import { proofText, proveAll } from "./proof/prove";
import { readRoster } from "./roster/read-roster";
import { onStopSignals } from "../machine/signals";

const EVERY_STACK = { stacks: [], parallelism: 2, json: false } as const;

/** A step that failed; its reason has been said. */
class StepFailed extends Error {}

/**
 * `npm start`: the roster applied to a local AWS by real Terraform, planned again, read back, compared, and shown. Everything
 * it starts is stopped, whatever happens; with `--keep` the sandbox stays.
 */
async function start(context: Context, keep: boolean): Promise<number> {
  const began = Date.now();
  const step = (text: string) =>
    context.stderr(`[${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s] ${text}\n`);
  let sandbox: Sandbox | undefined;
  let stopped = false;
  let done = false;
  const release = onStopSignals((signal) => {
    if (!stopped) step(`${signal}: stopping`);
    stopped = true;
  });
  const goOn = (): void => {
    if (stopped) throw new StepFailed();
  };
  try {
    step("checking the roster");
    const { roster, access } = await compiled(context);
    step("starting the sandbox, a local AWS");
    sandbox = await freshSandbox(context, keep, step);
    goOn();
    const inside: Context = { ...context, env: sandbox.env, stdout: context.stderr, isTty: false };
    step(`applying ${access.stacks.length} stacks with Terraform: ${access.stacks.map(({ key }) => key).join(", ")}`);
    await expectExit(0, apply(inside, { ...EVERY_STACK, autoApprove: true }));
    goOn();
    step("planning again: nothing may be left to change");
    await expectExit(0, plan(inside, EVERY_STACK));
    goOn();
    step("reading every account back and comparing it with the access plan");
    const live = await compareLive(context, access, sandbox);
    goOn();
    step("proving what is live: who can take which role, and what each role can do");
    const proof = proveLive(context, roster, live);
    step("what is live is what the roster says, and no tier can do more than it promises");
    context.stdout(`\n${renderMatrix(roster, context.now)}\n${proof}\n`);
    context.stdout(keep ? keptText(sandbox) : NEXT);
    done = true;
    return 0;
  } catch (error) {
    if (error instanceof SandboxError) context.stderr(`${error.message}\n`);
    else if (!(error instanceof StepFailed)) throw error;
    return 2;
  } finally {
    if (sandbox && !(keep && done)) {
      await sandbox.stop();
      await stopRunningSandbox(context.root);
      step("the sandbox is stopped");
    }
    release();
  }
}

async function compiled(context: Context): Promise<{ readonly roster: Roster; readonly access: AccessPlan }> {
  const roster = await readRoster(context);
  const access = roster.ok ? compileAccess(roster.value, context.now) : roster;
  for (const finding of new Set([...roster.findings, ...access.findings]))
    context.stderr(`${formatFinding(finding)}\n`);
  if (!roster.ok || !access.ok || !("stacks" in access.value)) throw new StepFailed();
  return { roster: roster.value, access: access.value };
}

/** State of an earlier run describes an emulator that is gone. */
async function freshSandbox(context: Context, keep: boolean, log: (line: string) => void): Promise<Sandbox> {
  if (await stopRunningSandbox(context.root)) log("stopped the sandbox that was running");
  for (const name of ["state", "cdktf.out"])
    rmSync(join(context.root, ".rolecall/sandbox", name), { recursive: true, force: true });
  const sandbox = await startSandbox({ root: context.root, env: context.env, log, detached: keep });
  if (keep) recordSandbox(context.root, sandbox);
  return sandbox;
}

async function expectExit(expected: number, running: Promise<number>): Promise<void> {
  if ((await running) !== expected) throw new StepFailed();
}

async function compareLive(context: Context, access: AccessPlan, sandbox: Sandbox): Promise<readonly LiveAccount[]> {
  const differences: string[] = [];
  const found: LiveAccount[] = [];
  for (const account of access.stacks.flatMap((stack) => stack.accounts)) {
    const { id: accountId, deployRoleArn, region } = account;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const live = await readAccount({ accountId, deployRoleArn, region, endpoint: sandbox.url, credentials });
    differences.push(...diffLive(account, live).map((found) => `${account.key}: ${differenceText(found)}`));
    found.push(live);
  }
  for (const line of differences) context.stderr(`${line}\n`);
  if (differences.length > 0) throw new StepFailed();
  return found;
}

/** The proof's screen; a proof that does not hold is shown and ends the run. */
function proveLive(context: Context, roster: Roster, live: readonly LiveAccount[]): string {
  const began = performance.now();
  const accounts = live.map((each) => liveDocuments(each));
  const guards = live.map(liveGuards);
  const documents = { what: "documents read back from the sandbox", accounts, guards, unread: [] };
  const proof = proveAll(context, claimAccess(roster), documents);
  const text = proofText(context, proof, documents, (performance.now() - began) / 1000);
  if (proof.holds) return text;
  context.stderr(text);
  throw new StepFailed();
}

const NEXT = `What to try next:
  edit roster.yaml, then:  npm run -s rolecall -- check
  see who may do what:     npm run -s rolecall -- matrix
  prove it:                npm run -s rolecall -- prove
  ask one question:        npm run -s rolecall -- can dev.one@example.org testing ec2:RunInstances
  keep the local AWS:      npm start -- --keep
`;

function keptText({ variables }: Sandbox): string {
  return `The sandbox keeps running, and stops by itself after four hours without use. In this shell:

${shellExports(variables)}
Then, for example:
  npx cdktf plan testing
  aws sts get-caller-identity
  npm run -s rolecall -- plan
  npm run -s rolecall -- sandbox stop
`;
}

const context = createContext(process);
const flags = process.argv.slice(2);
const strangers = flags.filter((flag) => flag !== "--keep");
if (strangers.length > 0) {
  context.stderr(
    `unknown argument ${JSON.stringify(strangers[0])}; npm start knows --keep alone: npm start -- --keep\n`,
  );
  process.exitCode = 2;
} else {
  start(context, flags.includes("--keep")).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      context.stderr(`npm start failed: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    },
  );
}
