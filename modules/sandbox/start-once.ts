import { join } from "node:path";
import { takeLock } from "../machine/lock";
import { onStopSignals } from "../machine/signals";
import { Refusal } from "../refusal";
import { findRunningSandbox, recordSandbox, type RunningSandbox } from "./running-sandbox";
import { makeSandboxFolder, type SandboxOptions, startSandbox } from "./sandbox";

const TRIES = 600;
const PAUSE_MS = 100;

/** The running sandbox of this folder, else a new one that outlives this process. Of two starts at the same time one starts it and the other waits. */
export async function startOnce(options: Omit<SandboxOptions, "detached">): Promise<RunningSandbox> {
  makeSandboxFolder(options.root);
  const stop = { requested: false };
  const release = onStopSignals(() => {
    stop.requested = true;
  });
  try {
    const turn = await takeTurn(options, stop);
    if ("running" in turn) return turn.running;
    return await startRecorded(options, stop).finally(turn.unlock);
  } finally {
    release();
  }
}

interface Stop {
  readonly requested: boolean;
}

type Turn = { readonly running: RunningSandbox } | { readonly unlock: () => void };

async function takeTurn({ root, log }: Omit<SandboxOptions, "detached">, stop: Stop): Promise<Turn> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (stop.requested) throw new Refusal("interrupted; no sandbox was started");
    const before = findRunningSandbox(root);
    if (before) return { running: before };
    const lock = takeLock(join(root, ".rolecall/sandbox/starting.lock"));
    if (lock.kind === "taken") {
      // The other start may have ended between the look and the lock.
      const other = findRunningSandbox(root);
      if (other === undefined) return { unlock: lock.release };
      lock.release();
      return { running: other };
    }
    if (tries === 0) log("another start of this sandbox is in progress; waiting for it");
    await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  }
  throw new Refusal("another start of this sandbox did not finish within a minute; stop it, then try again");
}

async function startRecorded(options: Omit<SandboxOptions, "detached">, stop: Stop): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ ...options, detached: true });
  if (stop.requested) {
    await sandbox.stop();
    throw new Refusal("interrupted; the sandbox was stopped");
  }
  recordSandbox(options.root, sandbox);
  return sandbox;
}
