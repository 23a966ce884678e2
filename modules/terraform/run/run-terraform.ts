import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import { openLog } from "../../machine/private-file";
import type { Terraform } from "./binary";
import type { Interruption } from "./interruption";

export interface TerraformCall {
  readonly terraform: Terraform;
  readonly env: NodeJS.ProcessEnv;
  readonly interruption: Interruption;
  readonly folder: string;
  /** Gets everything Terraform prints, except `captured` output. */
  readonly log: string;
}

export interface TerraformExit {
  /** Absent when Terraform was killed or could not start. */
  readonly code?: number;
  /** Standard output, when captured. */
  readonly stdout: string;
}

/**
 * Runs Terraform in a process group of its own, so that a Ctrl-C in the terminal does not reach it a second time. It writes
 * to the log by itself: should this process be killed outright, Terraform ends its work and releases its lock.
 * No process of the group is left when this returns.
 */
export async function runTerraform(
  call: TerraformCall,
  args: readonly string[],
  { capture = false }: { readonly capture?: boolean } = {},
): Promise<TerraformExit> {
  const log = openLog(call.log);
  try {
    note(log, `\n== ${call.terraform.command} ${args.join(" ")}\n`);
    const child = spawn(call.terraform.command, args, {
      cwd: call.folder,
      env: call.env,
      detached: true,
      stdio: ["ignore", capture ? "pipe" : log, log],
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      note(log, `Error: ${call.terraform.command} cannot be started (${error.code ?? error.message})\n`),
    );
    return await call.interruption.during({ stop: (force) => stopChild(child, force) }, exitOf(child));
  } finally {
    closeSync(log);
  }
}

/** A heading is not a reason to fail: the disk of the log may be full. */
function note(log: number, text: string): void {
  try {
    writeSync(log, text);
  } catch {}
}

function exitOf(child: ChildProcess): Promise<TerraformExit> {
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.on("error", () => resolve({ stdout: "" }));
    // Not only "close": a grandchild that holds the pipe would keep it from coming.
    child.on("exit", () => signalGroup(child, "SIGKILL"));
    child.on("close", (code) => {
      resolve({ ...(code === null ? {} : { code }), stdout: Buffer.concat(chunks).toString("utf8") });
    });
  });
}

/** Terraform stops in order at the first SIGINT and immediately at the second; its providers and commands it stops itself. */
function stopChild(child: ChildProcess, force: number): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (force < 3) child.kill("SIGINT");
  else signalGroup(child, "SIGKILL");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
