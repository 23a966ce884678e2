import { resolve } from "node:path";
import { claimAccess } from "../../access/claims";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import type { SynthesizedSide } from "../../review/documents/policy-changes";
import type { ReviewedRosters } from "../../review/reviewed";
import type { Roster } from "../../roster/roster";
import { restOfStacks } from "../../terraform/read/stack-rest";
import { readDocuments } from "../proof/proof-documents";
import { readStackFolders } from "../stacks/stack-folders";

/** Folders of the two sides' synth outputs, each made by its own code. */
export interface SynthFolders {
  readonly baseSynth?: string | undefined;
  readonly headSynth?: string | undefined;
}

/** What the code of the two sides synthesized, or nothing where none is given. Throws a `Refusal` for folders that do not fit. */
export async function synthesizedSides(
  context: Context,
  { base, head }: ReviewedRosters,
  { baseSynth, headSynth }: SynthFolders,
): Promise<{ readonly base: SynthesizedSide; readonly head: SynthesizedSide } | undefined> {
  if (baseSynth === undefined && headSynth === undefined) return undefined;
  if (base === "none") throw new Refusal("--base-synth and --head-synth need --base: they are judged with its roster");
  if (base === "absent")
    throw new Refusal(
      "--base-synth and --head-synth are compared by both rosters, and the base has none: leave them out",
    );
  if (baseSynth === undefined || headSynth === undefined)
    throw new Refusal("give both --base-synth and --head-synth: one side does not show what changes");
  if (resolve(context.root, baseSynth) === resolve(context.root, headSynth))
    throw new Refusal("--base-synth and --head-synth are the same folder: synthesize each side into its own");
  return { base: await readSide(context, baseSynth, base), head: await readSide(context, headSynth, head) };
}

async function readSide(context: Context, folder: string, roster: Roster): Promise<SynthesizedSide> {
  const { accounts } = await readDocuments(context, { synth: folder }, claimAccess(roster));
  return { documents: accounts, rest: restOfStacks(readStackFolders(resolve(context.root, folder))) };
}
