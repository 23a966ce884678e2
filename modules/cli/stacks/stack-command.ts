import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { findTerraform } from "../../terraform/run/binary";
import { droppedVariables, terraformEnvironment } from "../../terraform/run/environment";
import { Interruption } from "../../terraform/run/interruption";
import { chooseStacks, readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import { Progress } from "../../terraform/run/progress";
import { findLeftBehind } from "../../terraform/run/left-behind";
import { takeLock } from "../../machine/lock";
import type { StackRun } from "../../terraform/run/stack-run";
import { formatFinding } from "../../finding";
import { quote } from "../../text";
import type { Confirm } from "../../machine/confirm";
import { confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { strangersIn } from "../../machine/other-writers";
import { readSources } from "../roster/read-roster";
import { onStopSignals } from "../../machine/signals";
import { outputFolder, type Synth, synth } from "./synth";
import { countOf } from "../../words";
import { printNotStarted, type StackCommandName } from "./not-started";

/** What the commands over stacks have in common. */
export interface StackOptions {
  /** Names; none means all. */
  readonly stacks: readonly string[];
  readonly parallelism: number;
  readonly json: boolean;
  /** Name the address of every resource that changes. */
  readonly verbose?: boolean;
  readonly roster?: string;
  /** Role of each account to plan with instead of its deploy role; nothing is locked then. */
  readonly as?: string;
}

/** The doors to the outside, replaced in tests. */
export interface StackTools {
  readonly synth: Synth;
  readonly confirm: Confirm;
}

export const STACK_TOOLS: StackTools = { synth, confirm: confirmOnTerminal };

export interface StackSession {
  readonly run: StackRun;
  /** The stacks of this command. */
  readonly stacks: readonly SynthesizedStack[];
}

/** What a command over stacks is about; plans are saved in the folder `plans`. */
export type StackWork = StackOptions & { readonly command: StackCommandName; readonly plans: string };

/**
 * Synthesizes, finds Terraform and calls `work` with the chosen stacks, while stop signals go to the running Terraforms.
 * Exit 2 without calling it, or when it returns undefined, because something is missing or wrong; every reason is on standard
 * error, and with `json` in one object on standard output.
 */
export async function withStacks(
  context: Context,
  options: StackWork,
  tools: StackTools,
  work: (session: StackSession, context: Context) => Promise<number | undefined>,
): Promise<number> {
  const reasons: string[] = [];
  const stderr = (text: string) => {
    reasons.push(...text.trimEnd().split("\n"));
    context.stderr(text);
  };
  const code = await lockedWork({ ...context, stderr }, options, tools, work);
  if (code === undefined && options.json) printNotStarted(context, options.command, reasons);
  return code ?? 2;
}

async function lockedWork(
  context: Context,
  options: StackWork,
  tools: StackTools,
  work: (session: StackSession, context: Context) => Promise<number | undefined>,
): Promise<number | undefined> {
  // Before anything is locked or written: in a wrong folder nothing is left behind.
  const sources = readSources(context, options.roster);
  if ("findings" in sources) return complain(context, sources.findings.map(formatFinding).join("\n"));
  const interruption = new Interruption();
  const progress = createProgress(context);
  const release = onStopSignals((signal) => {
    const again = interruption.requested;
    progress.line(again ? `${signal} again: stopping hard` : `${signal}: waiting for terraform to stop in order`);
    interruption.request();
  });
  let unlock = () => {};
  try {
    const lock = takeLock(lockFile(context));
    if (lock.kind === "busy") return complain(context, busyText(lock.pid));
    unlock = lock.release;
    const session = await openSession(context, options, tools, { interruption, progress });
    const code = session && (await work(session, context));
    return interruption.requested && code !== undefined ? 2 : code;
  } catch (error) {
    if (!isFileError(error)) throw error;
    const where = quote(error.path ?? options.plans);
    return complain(context, `cannot write ${where}: ${error.code}; make it writable, or give another folder`);
  } finally {
    progress.stop();
    unlock();
    release();
  }
}

function busyText(pid: number | undefined): string {
  return pid === undefined
    ? "another rolecall has just started in this project; wait for it"
    : `another rolecall (process ${pid}) works in this project; wait for it, or give this run its own output folder with CDKTF_OUTPUT`;
}

async function openSession(
  context: Context,
  options: StackOptions & { readonly plans: string },
  tools: StackTools,
  { interruption, progress }: { readonly interruption: Interruption; readonly progress: Progress },
): Promise<StackSession | undefined> {
  const terraform = await findTerraform(context.env);
  if (!terraform.known) return complain(context, terraform.reason);
  for (const name of droppedVariables(context.env)) context.stderr(`${name} is set and ignored by rolecall\n`);
  progress.line("synthesizing");
  const outdir = outputFolder(context);
  if (isMisplaced(context, outdir)) {
    const where = quote(context.env["CDKTF_OUTPUT"] ?? "");
    return complain(
      context,
      `CDKTF_OUTPUT is ${where}; name a folder directly in the project: states lie relative to it`,
    );
  }
  const synthesized = await tools.synth(context, { outdir, roster: options.roster, deployRole: options.as });
  if (interruption.requested) return complain(context, "interrupted before any stack was started");
  if (!synthesized) return complain(context, "the roster was not synthesized; nothing was planned");
  const manifest = readManifest(outdir);
  if (!manifest.known) return complain(context, manifest.reason);
  for (const { stack, state, resources } of findLeftBehind(manifest.value)) {
    const what =
      resources === undefined
        ? "its state cannot be read, so what it made may still work in AWS"
        : `${countOf(resources, "resource", "resources")} of it still work in AWS`;
    context.stderr(
      `the stack ${stack} left the roster, and ${what} (${shownPath(context, state)}): put it back, rolecall destroy ${stack}, then remove it\n`,
    );
  }
  const stacks = chooseStacks(manifest.value, options.stacks);
  if (!stacks.known) return complain(context, stacks.reason);
  const { parallelism, plans } = options;
  const strangers = strangersAmong(context, [
    resolve(context.root, plans),
    outdir,
    ...stacks.value.map(({ folder }) => folder),
  ]);
  if (strangers !== undefined) return complain(context, `nothing was started: ${strangers}`);
  const env = terraformEnvironment(context.env);
  return {
    run: {
      ...{ terraform: terraform.value, env, plans: resolve(context.root, plans), parallelism, interruption, progress },
      lock: options.as === undefined,
    },
    stacks: stacks.value,
  };
}

/** Plans and the stacks' JSON decide what Terraform does with the deploy roles: no others may write them, or what lies above them here. */
function strangersAmong({ root }: Context, folders: readonly string[]): string | undefined {
  const own = join(root, ".rolecall");
  const all = folders.flatMap((folder) => (folder.startsWith(own + sep) ? [own, folder] : [folder]));
  for (const folder of new Set(all)) {
    const reason = strangersIn(folder);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** The path of a local state is relative to the stack's folder: an output elsewhere would begin a second, empty state. */
function isMisplaced({ root, env }: Context, outdir: string): boolean {
  return dirname(outdir) !== resolve(root) && env["ROLECALL_SANDBOX"] !== "1";
}

/** Where runs over one output folder keep locks, plans and logs, apart from runs over another: a sandbox's, above all. */
export function workFolder(context: Context): string {
  const outdir = outputFolder(context);
  if (context.env["ROLECALL_SANDBOX"] === "1") return dirname(outdir);
  const name = basename(outdir);
  return join(context.root, ".rolecall", ...(name === "cdktf.out" ? [] : [name]));
}

function lockFile(context: Context): string {
  return join(workFolder(context), "run.lock");
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === "object" && error !== null && "message" in error && "code" in error && "syscall" in error;
}

function complain(context: Context, reason: string): undefined {
  context.stderr(`${reason}\n`);
  return undefined;
}

function createProgress(context: Context): Progress {
  return new Progress({ write: context.stderr, clock: () => performance.now(), inPlace: context.isTty });
}

/** A path as a person in the project folder would write it. */
export function shownPath(context: Context, path: string): string {
  const inside = relative(context.root, path);
  return inside.startsWith("..") ? path : inside || ".";
}
