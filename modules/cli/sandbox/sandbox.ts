import { rmSync } from "node:fs";
import { jsonText } from "../json-text";
import { join } from "node:path";
import {
  findRunningSandbox,
  recordSandbox,
  type RunningSandbox,
  stopRunningSandbox,
} from "../../sandbox/running-sandbox";
import { SandboxError } from "../../sandbox/sandbox-error";
import { makeSandboxFolder, startSandbox } from "../../sandbox/sandbox";
import { takeLock } from "../../machine/lock";
import { shellExports } from "../../sandbox/sandbox-env";
import { didYouMean, quote } from "../../text";
import type { Context } from "../../machine/context";
import { onStopSignals } from "../../machine/signals";

const ACTIONS = ["start", "stop", "reset", "env"] as const;

/** Starts, stops, empties or describes the sandbox of this folder. Exit 0, or 2 with what is missing. */
export async function sandbox(
  context: Context,
  { action, json }: { readonly action: string; readonly json: boolean },
): Promise<number> {
  const say = (line: string, data: object) => context.stdout(json ? jsonText("sandbox", { action, ...data }) : line);
  try {
    switch (action) {
      case "start":
        return started(say, await start(context));
      case "stop":
        say((await stopRunningSandbox(context.root)) ? "the sandbox is stopped\n" : "no sandbox was running\n", {
          running: false,
        });
        return 0;
      case "reset":
        return await reset(context, say);
      case "env":
        return env(context, say);
      default:
        context.stderr(`unknown action ${quote(action)}${didYouMean(action, ACTIONS)}; give ${ACTIONS.join(", ")}\n`);
        return 2;
    }
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    context.stderr(`${error.message}\n`);
    return 2;
  }
}

type Say = (line: string, data: object) => void;

function started(say: Say, { url, pid, variables }: RunningSandbox): number {
  say(`the sandbox listens at ${url}\nuse it with: eval "$(rolecall sandbox env)"\n`, {
    running: true,
    url,
    pid,
    variables,
  });
  return 0;
}

/** One of two starts at once makes the lock folder and starts; the other waits for its record. */
async function start(context: Context): Promise<RunningSandbox> {
  const { root, env: environment } = context;
  const folder = join(root, ".rolecall/sandbox");
  makeSandboxFolder(root);
  const log = (line: string) => context.stderr(`${line}\n`);
  let stopped = false;
  const release = onStopSignals(() => {
    stopped = true;
  });
  let unlock = () => {};
  try {
    for (let tries = 0; tries < 600 && !stopped; tries++) {
      const running = findRunningSandbox(root);
      if (running) return running;
      const lock = takeLock(join(folder, "starting.lock"));
      if (lock.kind === "taken") {
        unlock = lock.release;
        // The other start may have ended between the look and the lock.
        const other = findRunningSandbox(root);
        if (other) return other;
        break;
      }
      if (tries === 0) log("another start of this sandbox is under way; waiting for it");
      await new Promise((wake) => setTimeout(wake, 100));
    }
    if (stopped) throw new SandboxError("interrupted; no sandbox was started");
    const sandbox = await startSandbox({ root, env: environment, log, detached: true });
    if (!stopped) {
      recordSandbox(root, sandbox);
      return sandbox;
    }
    await sandbox.stop();
    throw new SandboxError("interrupted; the sandbox is stopped again");
  } finally {
    unlock();
    release();
  }
}

async function reset(context: Context, say: Say): Promise<number> {
  const running = findRunningSandbox(context.root);
  if (running) await fetch(`${running.url}/moto-api/reset`, { method: "POST" });
  for (const name of ["state", "cdktf.out"])
    rmSync(join(context.root, ".rolecall/sandbox", name), { recursive: true, force: true });
  say("the sandbox is empty\n", { running: running !== undefined });
  return 0;
}

function env(context: Context, say: Say): number {
  const running = findRunningSandbox(context.root);
  if (!running) {
    context.stderr("no sandbox is running; start it: rolecall sandbox start\n");
    return 2;
  }
  say(shellExports(running.variables), { running: true, variables: running.variables });
  return 0;
}
