import { type AccessKey, type KeyPair, useText } from "./key";
import type { RotationState } from "./next-step";
import { notDone, type Rotated, type Rotation } from "./rotation";

/** IAM's keys take seconds to be known everywhere. */
const WAITS = [1, 2, 4, 8, 8, 8, 8, 8].map((seconds) => seconds * 1000);

/** Ends with the new key in the file, or with none made. */
export async function createAndSwitch(rotation: Rotation, { inFile }: RotationState): Promise<Rotated | undefined> {
  const { keys, file, journal, place, say } = rotation;
  const old = file.read();
  if (old.id !== inFile) return notDone("the file was changed meanwhile; run this again");
  const entry = { ...place, old: inFile };
  // Before the key exists: a journal that cannot be written must not be found out afterwards.
  journal.write(entry);
  const next = await keys.create();
  const problem = await problemOf(async () => {
    journal.write({ ...entry, next: next.id });
    say(`created ${next.id}; waiting until AWS accepts it`);
    if (!(await worksSoon(rotation, next))) return "AWS does not accept the new key";
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

export async function deactivateOld(rotation: Rotation, old: string): Promise<Rotated | undefined> {
  const { keys, file, say } = rotation;
  if (!(await worksSoon(rotation, file.read())))
    return notDone("AWS no longer accepts the key in the file; the old one stays active. Run this again");
  await keys.deactivate(old);
  say(`${old} is inactive`);
  return undefined;
}

export async function deleteOld(
  rotation: Rotation,
  { keys: all, inFile }: RotationState,
  old: string,
): Promise<Rotated | undefined> {
  const { keys, file } = rotation;
  const key = all.find(({ id }) => id === old);
  if (!(await worksSoon(rotation, file.read())))
    return notDone(
      `AWS does not accept the key in the file; ${old} is inactive and can be activated again in the console`,
    );
  if (key !== undefined && !(await rotation.mayDelete(key))) return { kind: "old-kept", now: inFile, old };
  await keys.remove(old);
  rotation.say(`${old} is deleted`);
  return undefined;
}

export async function makeRoom(
  { keys, mayDeleteUnused, say }: Rotation,
  { inFile }: RotationState,
  other: AccessKey,
): Promise<Rotated | undefined> {
  if (!(await mayDeleteUnused(other)))
    return notDone(
      `there are two keys, the most that AWS allows: ${inFile} is in the file, ${other.id} is ${other.active ? "active" : "inactive"}, ${useText(other)}. If nothing needs ${other.id}, give --delete-unused`,
    );
  if (other.active) await keys.deactivate(other.id);
  await keys.remove(other.id);
  say(`${other.id} is deleted`);
  return undefined;
}
