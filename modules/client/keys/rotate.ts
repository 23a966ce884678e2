import { nextStep, type RotationState, type RotationStep } from "./next-step";
import { createAndSwitch, deactivateOld, deleteOld, makeRoom } from "./rotate-steps";
import { notDone, type Rotated, type Rotation } from "./rotation";
import { Refusal } from "../../refusal";

/**
 * New key, verified, into the file, verified again, old key inactive, old key deleted. Each step is derived again from AWS, the
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
  return notDone("AWS does not show the change yet; run this again in a minute");
}

const LOOK_AGAIN = 2000;
const MOST_LOOKS = 20;

async function readState({ keys, file, journal, place }: Rotation): Promise<RotationState> {
  const found = journal.read();
  if (found !== undefined && (found.file !== place.file || found.profile !== place.profile))
    throw new Refusal(
      `a rotation of profile ${found.profile} in ${found.file} is unfinished; finish it first, with --source-profile ${found.profile}`,
    );
  return { keys: await keys.list(), inFile: file.read().id, journal: found };
}

async function take(
  rotation: Rotation,
  state: RotationState,
  step: Exclude<RotationStep, { kind: "wait" }>,
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
