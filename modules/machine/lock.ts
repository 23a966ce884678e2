import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { makeLock, removeLock, removeStale, type Silence, touchLock } from "./lock-file";
import { type LockHolder, lockHolderOf, newLockHolder } from "./lock-holder";

/** A holder shows that it lives this often. */
const BEAT_MS = 2_000;
const POLL_MS = 40;
/** After which a waiting person is informed. */
const INFORM_MS = 2_000;

/** The answer to one try. `pid` of who has the lock, where that is known. */
export type Taken =
  | { readonly kind: "taken"; readonly release: () => void }
  | { readonly kind: "busy"; readonly pid: number | undefined };

/**
 * Takes a lock if it can be had now. A lock whose process is gone is passed over; one whose process lives is not, even if that
 * process is stopped: it may be in the middle of a change.
 */
export function takeLock(path: string): Taken {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let tries = 0; tries < 3; tries++) {
    const release = tryOnce(path, "stopped holders keep it");
    if (release !== undefined) return { kind: "taken", release };
  }
  return { kind: "busy", pid: lockHolderOf(path)?.pid };
}

/** The same, waiting for as long as `patienceMs`. */
export async function waitForLock(path: string, patienceMs: number): Promise<Taken> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const taken = takeLock(path);
    if (taken.kind === "taken" || performance.now() > end) return taken;
    await pause();
  }
}

/**
 * Runs `work` while no other process of this person holds the lock, for work that does no harm when it is done twice: a holder
 * that has not shown for ten seconds that it lives loses the lock. `waiting` is called once when it takes longer than two.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waiting: () => void): Promise<T> {
  const began = performance.now();
  let informed = false;
  let release = tryOnce(path, "stopped holders lose it");
  while (release === undefined) {
    if (!informed && performance.now() - began > INFORM_MS) {
      informed = true;
      waiting();
    }
    await pause();
    release = tryOnce(path, "stopped holders lose it");
  }
  try {
    return await work();
  } finally {
    release();
  }
}

function pause(): Promise<void> {
  return new Promise((wake) => setTimeout(wake, POLL_MS + Math.random() * POLL_MS));
}

/** What gives the lock back; `undefined` when another has it. */
function tryOnce(path: string, silence: Silence): (() => void) | undefined {
  const own = newLockHolder();
  if (makeLock(path, own)) return hold(path, own);
  removeStale(path, silence);
  return undefined;
}

function hold(path: string, own: LockHolder): () => void {
  const beat = setInterval(() => touchLock(path, own), BEAT_MS);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    process.off("exit", release);
    removeLock(path, own);
  };
  process.on("exit", release);
  return release;
}
