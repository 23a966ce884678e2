import { join, resolve, sep } from "node:path";
import { expectKnown } from "../../known";
import type { Confirm } from "../../machine/confirm";
import { confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { takeLock } from "../../machine/lock";
import { strangersIn } from "../../machine/other-writers";
import { onStopSignals } from "../../machine/signals";
import { Refusal } from "../../refusal";
import { findTerraform } from "../../terraform/run/binary";
import { droppedVariables, terraformEnvironment } from "../../terraform/run/environment";
import { Interruption } from "../../terraform/run/interruption";
import { findLeftBehind, type LeftBehind } from "../../terraform/run/left-behind";
import { chooseStacks, readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import type { Progress } from "../../terraform/run/progress";
import type { StackRun } from "../../terraform/run/stack-run";
import { countOf } from "../../words";
import type { Answer } from "../answer";
import { createProgress } from "../progress";
import { readCompiled } from "../roster/compiled-roster";
import { readSources } from "../roster/read-roster";
import { type Synth, synth } from "./synth";
import { expectOutputFolder, shownPath, workFolder } from "./work-folder";

/** The doors to the outside, replaced in tests. */
export interface StackTools {
  readonly synth: Synth;
  readonly confirm: Confirm;
}

export const STACK_TOOLS: StackTools = { synth, confirm: confirmOnTerminal };

/** What a command over stacks works on. */
export interface StackWork {
  /** Names; none means all. */
  readonly stacks: readonly string[];
  /** Folder of saved plans and logs. */
  readonly plans: string;
  readonly parallelism: number;
  readonly roster?: string | undefined;
  /** Role of each account to plan with instead of its deploy role; nothing is locked then. */
  readonly as?: string | undefined;
}

export interface StackSession {
  readonly run: StackRun;
  /** The stacks of this command. */
  readonly stacks: readonly SynthesizedStack[];
}

/**
 * Synthesizes, finds Terraform and calls `act` with the chosen stacks, while stop signals go to the running Terraforms. An
 * interrupted command ends with 2. Refuses where something is missing or wrong.
 */
export async function withStacks(
  context: Context,
  work: StackWork,
  tools: StackTools,
  act: (session: StackSession) => Promise<Answer>,
): Promise<Answer> {
  // Before anything is locked or written: in a wrong folder nothing is left behind.
  expectSources(context, work.roster);
  const interruption = new Interruption();
  const progress = createProgress(context);
  const release = onStopSignals((signal) => {
    const again = interruption.requested;
    progress.line(again ? `${signal} again: stopping immediately` : `${signal}: waiting for terraform to stop`);
    interruption.request();
  });
  let unlock = () => {};
  try {
    unlock = expectLock(join(workFolder(context), "run.lock"));
    const answer = await act(await openSession(context, work, tools, { interruption, progress }));
    return interruption.requested ? { ...answer, exit: 2 } : answer;
  } finally {
    progress.stop();
    unlock();
    release();
  }
}

function expectLock(path: string): () => void {
  const lock = takeLock(path);
  if (lock.kind === "taken") return lock.release;
  if (lock.pid === undefined) throw new Refusal("another rolecall has just started in this project; wait for it");
  throw new Refusal(
    `another rolecall (process ${lock.pid}) is running in this project; wait for it, or give this run its own output folder with CDKTF_OUTPUT`,
  );
}

function expectSources(context: Context, path: string | undefined): void {
  const sources = readSources(context, path);
  if ("findings" in sources)
    throw new Refusal("the roster cannot be read; nothing was started", { findings: sources.findings });
}

interface Running {
  readonly interruption: Interruption;
  readonly progress: Progress;
}

async function openSession(
  context: Context,
  work: StackWork,
  tools: StackTools,
  running: Running,
): Promise<StackSession> {
  const terraform = expectKnown(await findTerraform(context.env));
  for (const name of droppedVariables(context.env)) context.stderr(`${name} is set and ignored by rolecall\n`);
  const outdir = expectOutputFolder(context);
  const all = await synthesize(context, { ...work, outdir }, tools.synth, running);
  for (const left of findLeftBehind(all)) context.stderr(`${leftBehindText(context, left)}\n`);
  const stacks = expectKnown(chooseStacks(all, work.stacks));
  const plans = resolve(context.root, work.plans);
  expectOwnFolders(context, [plans, outdir, ...stacks.map(({ folder }) => folder)]);
  const { parallelism, as } = work;
  const env = terraformEnvironment(context.env);
  return { run: { terraform, env, plans, parallelism, ...running, lock: as === undefined }, stacks };
}

async function synthesize(
  context: Context,
  { outdir, roster, as }: Pick<StackWork, "roster" | "as"> & { readonly outdir: string },
  synth: Synth,
  { interruption, progress }: Running,
): Promise<readonly SynthesizedStack[]> {
  const said: string[] = [];
  progress.phase("", "synthesizing");
  const stderr = (text: string) => void said.push(text);
  const ok = await synth({ ...context, stderr }, { outdir, roster, deployRole: as });
  progress.end("");
  if (interruption.requested) throw new Refusal("interrupted before any stack was started");
  const lines = said
    .join("")
    .split("\n")
    .filter((line) => line !== "");
  if (!ok) throw await notSynthesized(context, roster, lines);
  for (const line of lines) context.stderr(`${line}\n`);
  return expectKnown(readManifest(outdir));
}

/** What is wrong in the roster as findings; the synth's own lines where that is not the reason. */
async function notSynthesized(context: Context, path: string | undefined, lines: readonly string[]): Promise<Refusal> {
  const reason = "the roster was not synthesized; nothing was planned";
  const { ok, findings } = await readCompiled(context, { path });
  return ok ? new Refusal([...lines, reason]) : new Refusal(reason, { findings });
}

function leftBehindText(context: Context, { stack, state, resources }: LeftBehind): string {
  const what =
    resources === undefined
      ? "its state cannot be read, so what it created may still exist in AWS"
      : `${countOf(resources, "of its resources still exists", "of its resources still exist")} in AWS`;
  const cure = `put it back, run rolecall destroy ${stack}, then remove it`;
  return `the stack ${stack} left the roster, but ${what} (${shownPath(context, state)}); ${cure}`;
}

/** Plans and the stacks' JSON decide what Terraform does with the deploy roles: no others may write them, or what is above them here. */
function expectOwnFolders({ root }: Context, folders: readonly string[]): void {
  const own = join(root, ".rolecall");
  const all = folders.flatMap((folder) => (folder.startsWith(own + sep) ? [own, folder] : [folder]));
  for (const folder of new Set(all)) {
    const reason = strangersIn(folder);
    if (reason !== undefined) throw new Refusal(`nothing was started: ${reason}`);
  }
}
