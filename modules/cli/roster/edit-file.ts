import { compileAccess } from "../../access/compile";
import type { Context } from "../../machine/context";
import { visible } from "../../text";
import { Refusal } from "../../refusal";
import { changeForMachines } from "../../review/json";
import { renderReview } from "../../review/render";
import type { RosterEdit } from "../../roster/edit/change";
import { editRoster } from "../../roster/edit/edit-roster";
import type { Answer } from "../answer";
import { rosterDiff } from "./roster-diff";
import { readSources, type RosterFile } from "./read-roster";
import { ruledEdit } from "./ruled-edit";
import { writeRoster } from "./write-roster";

export interface EditOptions {
  readonly roster?: string | undefined;
  /** Shows what would change, and writes nothing. */
  readonly dryRun: boolean;
}

/**
 * Changes the roster's file where a person would, and answers what that means for access and who must approve it. Nothing is
 * written unless the result holds and keeps to review.yaml. Exit 0 done or nothing to do, 1 the result would not hold, 2 could not.
 */
export async function edit(context: Context, change: RosterEdit, options: EditOptions): Promise<Answer> {
  const read = readSources(context, options.roster);
  if ("findings" in read) throw new Refusal("the roster cannot be read", { findings: read.findings });
  const edited = editRoster(read.files, change, context.now);
  switch (edited.kind) {
    case "refused":
      throw new Refusal(edited.reason);
    case "nothing": {
      const reason = `nothing to do: ${edited.reason}`;
      return { exit: 0, data: { ok: true, changed: false, reason }, talk: [reason] };
    }
    case "findings":
      throw edited.when === "before"
        ? new Refusal("the roster does not hold as it is; nothing was written", { findings: edited.findings })
        : wouldNotHold(edited.findings);
    case "edited":
      return writeEdit(context, change, edited, read.files, options);
  }
}

function wouldNotHold(findings: Refusal["findings"]): Refusal {
  return new Refusal("the roster would not hold; nothing was written", { findings, exit: 1 });
}

type Edited = Extract<ReturnType<typeof editRoster>, { readonly kind: "edited" }>;

function writeEdit(
  context: Context,
  change: RosterEdit,
  edited: Edited,
  files: readonly RosterFile[],
  { dryRun }: EditOptions,
): Answer {
  const compiled = compileAccess(edited.after, context.now);
  const findings = [...new Set([...edited.findings, ...compiled.findings])];
  if (!compiled.ok) throw wouldNotHold(findings);
  const { review, notes: ruled } = ruledEdit(context, change, edited);
  const target = files.find(({ path }) => path === edited.file.path);
  if (target === undefined) throw new Error("an edited file that was never read");
  if (!dryRun) writeRoster(target, edited.file.bytes);
  const notes = [...edited.notes, ...ruled];
  const { changes, standing, approvals } = review;
  const written = { ok: true, changed: true, written: !dryRun, file: target.path };
  return {
    exit: 0,
    findings,
    text: rosterDiff(target.bytes, edited.file.bytes, visible(target.path)) + renderReview(review),
    data: { ...written, findings, changes: changes.map(changeForMachines), approvals, standing, notes },
    talk: [
      ...notes.map((note) => `note: ${note}`),
      dryRun ? "nothing was written" : `written to ${visible(target.path)}; the roster holds`,
    ],
  };
}
