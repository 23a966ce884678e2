import { claimAccess } from "../../access/claims";
import type { AccessPlan } from "../../access/plan";
import { formatFinding } from "../../finding";
import { differenceText, diffLive } from "../../live/compare";
import type { LiveAccount } from "../../live/live-account";
import { liveDocuments, liveGuards } from "../../live/live-documents";
import { readAccount } from "../../live/read-account";
import type { Context } from "../../machine/context";
import { onStopSignals } from "../../machine/signals";
import { Refusal } from "../../refusal";
import { renderMatrix } from "../../report/matrix";
import type { Roster } from "../../roster/roster";
import { forgetApplied } from "../../sandbox/empty";
import { recordSandbox, stopRunningSandbox } from "../../sandbox/running-sandbox";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { shellExports } from "../../sandbox/sandbox-env";
import type { Answer } from "../answer";
import { execute } from "../command";
import { proofText, proveAll } from "../proof/prove";
import { type Compiled, expectCompiled } from "../roster/compiled-roster";
import { apply } from "../stacks/apply";
import { plan } from "../stacks/plan";

const EVERY_STACK = { parallelism: 2, json: false, verbose: false } as const;

/** Says a step that begins, with the seconds since the start; refuses to begin one after a stop signal. */
type Step = (text: string) => void;

/**
 * The roster applied to a local AWS by real Terraform, planned again, read back, compared, and proven. Everything it starts is
 * stopped, whatever happens; with `keep` the sandbox stays where all of it held.
 */
export async function firstRun(context: Context, keep: boolean): Promise<Answer> {
  const began = Date.now();
  const say = (text: string) => context.stderr(`[${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s] ${text}\n`);
  let stopped: string | undefined;
  const release = onStopSignals((signal) => {
    if (stopped === undefined) say(`${signal}: stopping`);
    stopped = signal;
  });
  const step: Step = (text) => {
    if (stopped !== undefined) throw new Refusal(`${stopped} ended this before all steps were done`);
    say(text);
  };
  const world: { sandbox?: Sandbox; kept?: boolean } = {};
  try {
    step("checking the roster");
    const { findings, ...compiled } = await expectCompiled(context, { so: "nothing was started" });
    for (const finding of findings) context.stderr(`${formatFinding(finding)}\n`);
    step("starting the sandbox, a local AWS");
    world.sandbox = await freshSandbox(context, keep, say);
    const text = await everyStep(context, world.sandbox, compiled, step);
    world.kept = keep;
    return { exit: 0, text: `${text}${keep ? keptText(world.sandbox) : NEXT}` };
  } finally {
    if (world.sandbox && world.kept !== true) {
      await world.sandbox.stop();
      await stopRunningSandbox(context.root);
      say("the sandbox is stopped");
    }
    release();
  }
}

/** What all of it showed. */
async function everyStep(
  context: Context,
  sandbox: Sandbox,
  { roster, plan: access }: Compiled,
  step: Step,
): Promise<string> {
  const colour = context.colour && { stdout: context.colour.stderr, stderr: context.colour.stderr };
  const inside: Context = { ...context, env: sandbox.env, stdout: context.stderr, isTty: false, colour };
  step(`applying ${access.stacks.length} stacks with Terraform: ${access.stacks.map(({ key }) => key).join(", ")}`);
  expectDone("apply", await execute(inside, apply, { ...EVERY_STACK, autoApprove: true }, []));
  step("planning again: nothing should be left to change");
  expectDone("the second plan", await execute(inside, plan, EVERY_STACK, []));
  step("reading every account back and comparing it with the access plan");
  const live = await compareLive(access, sandbox);
  step("proving what is live: who can take which role, and what each role can do");
  const proof = proveLive(context, roster, live);
  step("the accounts hold what the roster says, and no tier can do more than it promises");
  return `\n${renderMatrix(roster, context.now)}\n${proof}\n`;
}

/** State of an earlier run describes an emulator that is gone. */
async function freshSandbox({ root, env }: Context, keep: boolean, log: (line: string) => void): Promise<Sandbox> {
  if (await stopRunningSandbox(root)) log("stopped the sandbox that was running");
  forgetApplied(root);
  const sandbox = await startSandbox({ root, env, log, detached: keep });
  if (keep) recordSandbox(root, sandbox);
  return sandbox;
}

function expectDone(what: string, exit: number): void {
  if (exit !== 0) throw new Refusal(`${what} ended with exit code ${exit}, not 0; the reasons are above`);
}

async function compareLive(access: AccessPlan, sandbox: Sandbox): Promise<readonly LiveAccount[]> {
  const differences: string[] = [];
  const found: LiveAccount[] = [];
  for (const account of access.stacks.flatMap((stack) => stack.accounts)) {
    const { id: accountId, deployRoleArn, region } = account;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const live = await readAccount({ accountId, deployRoleArn, region, endpoint: sandbox.url, credentials });
    differences.push(...diffLive(account, live).map(differenceText));
    found.push(live);
  }
  if (differences.length > 0)
    throw new Refusal([...differences, "the accounts are not what the access plan says, right after an apply"]);
  return found;
}

/** The proof's screen. A proof that does not hold is shown and ends the run. */
function proveLive(context: Context, roster: Roster, live: readonly LiveAccount[]): string {
  const began = performance.now();
  const accounts = live.map((each) => liveDocuments(each));
  const guards = live.map(liveGuards);
  const documents = { what: "documents read back from the sandbox", accounts, guards, unread: [] };
  const proof = proveAll(context, claimAccess(roster), documents);
  const text = proofText(context, proof, documents, (performance.now() - began) / 1000);
  if (proof.holds) return text;
  context.stderr(text);
  throw new Refusal("what is live is not proven; the reasons are above");
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
