import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import type { Context } from "../../machine/context";

export interface SynthOptions {
  /** Gets `manifest.json` and `stacks/`. */
  readonly outdir: string;
  /** @default the context's */
  readonly root?: string | undefined;
  /** @default the context's */
  readonly home?: string | undefined;
  /** Roster file or folder, relative to the project folder. */
  readonly roster?: string | undefined;
  /** Role of each account that Terraform takes in place of its deploy role. */
  readonly deployRole?: string | undefined;
}

/** Synthesizes into a folder; false when there were findings, which it then wrote to standard error. */
export type Synth = (context: Context, options: SynthOptions) => Promise<boolean>;

/** The output folder of the project: CDKTF_OUTPUT, else `cdktf.out`, as the cdktf command line has it. */
export function outputFolder(context: Context): string {
  return resolve(context.root, context.env["CDKTF_OUTPUT"] || "cdktf.out");
}

/** Runs main.ts in a process of its own, as the cdktf command line does. */
export const synth: Synth = (context, { outdir, root = context.root, home = context.home, roster, deployRole }) =>
  new Promise((done) => {
    const child = spawn(process.execPath, [join(home, "bin", "run.js"), "main.ts"], {
      cwd: root,
      env: {
        ...context.env,
        CDKTF_OUTDIR: outdir,
        // Never from the environment: an apply would then work as another role.
        ROLECALL_DEPLOY_ROLE: deployRole,
        ROLECALL_ROSTER: roster ?? context.env["ROLECALL_ROSTER"],
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk: Buffer) => context.stderr(chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => context.stderr(chunk.toString("utf8")));
    child.on("error", () => done(false));
    child.on("close", (code) => done(code === 0));
  });
