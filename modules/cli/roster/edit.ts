import { readFileSync, realpathSync, statSync } from "node:fs";
import { type JsonCommand, jsonText } from "../json-text";
import { compileAccess } from "../../access/compile";
import { type Finding, formatFinding } from "../../finding";
import { renderReview } from "../../review/render";
import type { RosterEdit } from "../../roster/edit/change";
import { editRoster } from "../../roster/edit/edit-roster";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { errorCode } from "../../machine/error-code";
import { ChangesHands, replaceFile } from "../../machine/replace-file";
import { ruledEdit } from "./edit-rules";
import { readSources, type RosterFile } from "./read-roster";

export interface EditOptions {
  readonly roster?: string;
  readonly json: boolean;
  /** Shows what would change, and writes nothing. */
  readonly dryRun: boolean;
}

/** Who changes it, as it is typed. */
const COMMANDS: Readonly<Record<RosterEdit["kind"], JsonCommand>> = {
  grant: "grant",
  join: "grant",
  revoke: "revoke",
  leave: "revoke",
  "add-person": "add person",
  "add-account": "add account",
  "add-team": "add team",
  "remove-person": "offboard",
};

interface Answering {
  readonly json: boolean;
  readonly command: JsonCommand;
}

/**
 * Changes the roster's file where a person would, and says what that means for access and who must approve it. Nothing is written
 * unless the result holds and keeps to review.yaml. Exit 0 done or nothing to do, 1 the result would not hold, 2 could not.
 */
export async function edit(context: Context, change: RosterEdit, given: EditOptions): Promise<number> {
  const options = { ...given, command: COMMANDS[change.kind] };
  const read = readSources(context, options.roster);
  if ("findings" in read) return report(context, options, read.findings, "the roster cannot be read", 2);
  const edited = editRoster(read.files, change, context.now);
  switch (edited.kind) {
    case "refused":
      return say(context, options, { ok: false, changed: false, reason: edited.reason }, 2);
    case "nothing":
      return say(context, options, { ok: true, changed: false, reason: `nothing to do: ${edited.reason}` }, 0);
    case "findings": {
      const before = edited.when === "before";
      const why = before
        ? "the roster does not hold as it is; nothing was written"
        : "the roster would not hold; nothing was written";
      return report(context, options, edited.findings, why, before ? 2 : 1);
    }
    case "edited":
      return writeEdit(context, change, edited, read.files, options);
  }
}

type Edited = Extract<ReturnType<typeof editRoster>, { readonly kind: "edited" }>;

async function writeEdit(
  context: Context,
  change: RosterEdit,
  edited: Edited,
  files: readonly RosterFile[],
  options: EditOptions & Answering,
): Promise<number> {
  const compiled = compileAccess(edited.after, context.now);
  const findings = [...new Set([...edited.findings, ...compiled.findings])];
  if (!compiled.ok) return report(context, options, findings, "the roster would not hold; nothing was written", 1);
  const { review, refusal, notes } = ruledEdit(context, change, edited);
  if (refusal !== undefined) return report(context, options, review.findings, refusal.why, refusal.code);
  const target = files.find(({ path }) => path === edited.file.path);
  if (target === undefined) throw new Error("an edited file that was never read");
  const failure = options.dryRun ? undefined : writeRoster(target, edited.file.bytes);
  if (failure !== undefined) return say(context, options, { ok: false, changed: false, reason: failure }, 2);
  const said = [...edited.notes, ...notes];
  if (options.json) {
    const { changes, standing, approvals } = review;
    const written = { ok: true, changed: true, written: !options.dryRun, file: target.path };
    const result = { ...written, findings, changes, approvals, standing, notes: said };
    context.stdout(jsonText(options.command, result));
    return 0;
  }
  for (const finding of findings) context.stderr(`${formatFinding(finding)}\n`);
  context.stdout(shownLines(target.bytes, edited.file.bytes, target.path));
  context.stdout(renderReview(review));
  for (const note of said) context.stderr(`note: ${note}\n`);
  context.stderr(options.dryRun ? "nothing was written\n" : `written to ${target.path}; the roster holds\n`);
  return 0;
}

function report(
  context: Context,
  { json, command }: Answering,
  findings: readonly Finding[],
  why: string,
  code: number,
): number {
  if (json) context.stdout(jsonText(command, { ok: false, changed: false, findings }));
  else for (const finding of findings) context.stdout(`${formatFinding(finding)}\n`);
  context.stderr(`${why}\n`);
  return code;
}

interface Said {
  readonly ok: boolean;
  readonly changed: boolean;
  readonly reason: string;
}

function say(context: Context, { json, command }: Answering, said: Said, code: number): number {
  if (json) context.stdout(jsonText(command, said));
  else context.stderr(`${said.reason}\n`);
  return code;
}

/** Puts the new bytes in place at once, or says why not; a file somebody else changed meanwhile stays theirs. */
function writeRoster({ location, path, bytes: read }: RosterFile, bytes: Uint8Array): string | undefined {
  try {
    const file = realpathSync(location);
    const before = () => {
      if (!readFileSync(file).equals(read)) throw new ChangedMeanwhile();
    };
    replaceFile(file, bytes, { like: statSync(file), before });
    return undefined;
  } catch (error) {
    if (error instanceof ChangedMeanwhile)
      return `${path} was changed by somebody else just now; nothing was written, try again`;
    if (error instanceof ChangesHands)
      return `${quote(path)} ${error.message}, and would be yours afterwards; run this as its owner`;
    return `${quote(path)} cannot be written (${errorCode(error)}); make it and its folder writable`;
  }
}

class ChangedMeanwhile extends Error {}

/** The lines that differ, as `diff` marks them. */
function shownLines(before: Uint8Array, after: Uint8Array, path: string): string {
  const [old, now] = [before, after].map((bytes) => new TextDecoder().decode(bytes).split(/\r?\n/)) as [
    string[],
    string[],
  ];
  let head = 0;
  while (head < old.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const removed = old.slice(head, old.length - tail).map((line) => `- ${line}`);
  const added = now.slice(head, now.length - tail).map((line) => `+ ${line}`);
  return `${[`${path}:${head + 1}`, ...removed, ...added].join("\n")}\n\n`;
}
