import { type AccessKey, type KeyPair, useText } from "./key";
import { nextStep, type RotationState, type Step } from "./next-step";
import type { FilePort, JournalPort, KeysPort } from "./ports";

export interface Rotation {
  readonly keys: KeysPort;
  readonly file: FilePort;
  readonly journal: JournalPort;
  /** Where `file` reads and writes, for the journal and for messages. */
  readonly place: { readonly file: string; readonly profile: string };
  readonly say: (line: string) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** True once somebody asked to stop: no new step begins then. */
  readonly stopped: () => boolean;
  /** Whether the old key, which is inactive by now, goes for good. */
  readonly mayDelete: (old: AccessKey) => Promise<boolean>;
  /** Whether a second key that is not in the file may go, to make room. */
  readonly mayDeleteUnused: (other: AccessKey) => Promise<boolean>;
}

export type Rotated =
  | { readonly kind: "done"; readonly now: string }
  /** The new key is in use; the old one is inactive and still there. */
  | { readonly kind: "old-kept"; readonly now: string; readonly old: string }
  | { readonly kind: "not-done"; readonly reason: string };

/** IAM's keys take seconds to be known everywhere. */
const WAITS = [1, 2, 4, 8, 8, 8, 8, 8].map((seconds) => seconds * 1000);

/**
 * New key, verified, into the file, verified again, old key inactive, old key deleted. Each step is derived anew from AWS, the
 * file and the journal, so a run that broke off anywhere is gone on with by the next one.
 *
 * Law: at every moment the pair in the file works, and no secret is anywhere but in the file and this process.
 */
export async function rotate(rotation: Rotation): Promise<Rotated> {
  const taken = new Set<string>();
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const state = await readState(rotation);
    const step = nextStep(state);
    if (rotation.stopped() && step.kind !== "done") return notDone("stopped; run this again to go on");
    const name = `${step.kind} ${"id" in step ? step.id : ""}`;
    // Its lists lag behind its answers: a step that was taken is not taken again.
    if (step.kind === "wait" || taken.has(name)) await rotation.wait(LOOK_AGAIN);
    else {
      taken.add(name);
      const end = await take(rotation, state, step);
      if (end !== undefined) return end;
    }
  }
  return notDone("AWS does not show yet what it has done; run this again in a minute");
}

const LOOK_AGAIN = 2000;
const MOST_LOOKS = 20;

async function readState({ keys, file, journal, place }: Rotation): Promise<RotationState> {
  const found = journal.read();
  if (found !== undefined && (found.file !== place.file || found.profile !== place.profile))
    throw new Error(
      `a rotation of profile ${found.profile} in ${found.file} is unfinished; finish it first, with --source-profile ${found.profile}`,
    );
  return { keys: await keys.list(), inFile: file.read().id, journal: found };
}

async function take(
  rotation: Rotation,
  state: RotationState,
  step: Exclude<Step, { kind: "wait" }>,
): Promise<Rotated | undefined> {
  const { keys, journal, say } = rotation;
  switch (step.kind) {
    case "create":
      return createAndSwitch(rotation, state);
    case "discard":
      say(`an earlier run made ${step.id} and ended before it was in the file; deleting it`);
      return void (await keys.remove(step.id));
    case "deactivate":
      return deactivateOld(rotation, step.id);
    case "delete":
      return deleteOld(rotation, state, step.id);
    case "done":
      journal.clear();
      return { kind: "done", now: state.inFile };
    case "second-key":
      return makeRoom(rotation, state, step.other);
    case "stuck":
      return notDone(step.reason);
  }
}

async function createAndSwitch(rotation: Rotation, { inFile }: RotationState): Promise<Rotated | undefined> {
  const { keys, file, journal, place, say } = rotation;
  const old = file.read();
  if (old.id !== inFile) return notDone("the file was changed meanwhile; run this again");
  const entry = { ...place, old: inFile };
  // Before the key exists: a journal that cannot be written must not be found out afterwards.
  journal.write(entry);
  const next = await keys.create();
  const problem = await problemOf(async () => {
    journal.write({ ...entry, next: next.id });
    say(`made ${next.id}; waiting until AWS knows it`);
    if (!(await worksSoon(rotation, next))) return "AWS does not take the new key";
    if (rotation.stopped()) return "stopped";
    file.replace(old, next);
    return undefined;
  });
  // A switch that failed may have been carried out: the key in the file is never deleted.
  if (problem === undefined || file.read().id === next.id) {
    say(`${next.id} is in ${place.file} now`);
    return undefined;
  }
  await keys.remove(next.id);
  journal.clear();
  return notDone(`${problem}; the new key was deleted again, and the old one stays as it was`);
}

async function problemOf(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function worksSoon({ keys, wait, stopped }: Rotation, pair: KeyPair): Promise<boolean> {
  for (const milliseconds of WAITS) {
    if (await keys.works(pair)) return true;
    if (stopped()) return false;
    await wait(milliseconds);
  }
  return keys.works(pair);
}

async function deactivateOld(rotation: Rotation, old: string): Promise<Rotated | undefined> {
  const { keys, file, say } = rotation;
  if (!(await worksSoon(rotation, file.read())))
    return notDone("AWS does not take the key in the file any more; the old one stays active. Run this again");
  await keys.deactivate(old);
  say(`${old} is inactive`);
  return undefined;
}

async function deleteOld(
  rotation: Rotation,
  { keys: all, inFile }: RotationState,
  old: string,
): Promise<Rotated | undefined> {
  const { keys, file } = rotation;
  const key = all.find(({ id }) => id === old);
  if (!(await worksSoon(rotation, file.read())))
    return notDone(
      `AWS does not take the key in the file; ${old} is inactive and can be activated again in the console`,
    );
  if (key !== undefined && !(await rotation.mayDelete(key))) return { kind: "old-kept", now: inFile, old };
  await keys.remove(old);
  rotation.say(`${old} is deleted`);
  return undefined;
}

async function makeRoom(
  { keys, mayDeleteUnused, say }: Rotation,
  { inFile }: RotationState,
  other: AccessKey,
): Promise<Rotated | undefined> {
  if (!(await mayDeleteUnused(other)))
    return notDone(
      `there are two keys, which is the most: ${inFile} is in the file, ${other.id} is ${other.active ? "active" : "inactive"}, ${useText(other)}. If nothing needs ${other.id}, say --delete-unused`,
    );
  if (other.active) await keys.deactivate(other.id);
  await keys.remove(other.id);
  say(`${other.id} is deleted`);
  return undefined;
}

function notDone(reason: string): Rotated {
  return { kind: "not-done", reason };
}
