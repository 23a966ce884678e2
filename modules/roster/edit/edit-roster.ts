import type { Finding } from "../../finding";
import { decodeText, invisibleIn } from "../characters";
import { parseRoster } from "../parse";
import type { Roster } from "../roster";
import { parseSource, type SourceFile } from "../source";
import type { RosterChange } from "./change";
import { keepsComments } from "./comments";
import { type Plain, plainOf } from "./plain";
import { type PlainFile, planSteps } from "./plan-steps";
import { applySplices } from "./splice";
import { droppedLines, stepText } from "./step-text";
import { type Step, stepPlain } from "./steps";
import { quote, stableJson } from "../../text";

export type Edited =
  /** `file` is the one that changed, with its new bytes. */
  | {
      readonly kind: "edited";
      readonly file: SourceFile;
      readonly before: Roster;
      readonly after: Roster;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: "nothing" | "refused"; readonly reason: string }
  /** The roster as it is does not hold, or would not hold afterwards. */
  | { readonly kind: "findings"; readonly when: "before" | "after"; readonly findings: readonly Finding[] };

/**
 * The roster's files with one change made, as a person would write it: comments and all other lines stay byte for byte.
 * Refuses when what the text would then say is anything but the old roster with exactly this change. Pure.
 */
export function editRoster(files: readonly SourceFile[], change: RosterChange, now: Date): Edited {
  const hidden = wordsOf(change).find((word) => invisibleIn(word) !== undefined);
  if (hidden !== undefined)
    return { kind: "refused", reason: `${quote(hidden)} has a line break or an invisible character; leave it out` };
  const before = parseRoster(files, now);
  if (!before.ok) return { kind: "findings", when: "before", findings: before.findings };
  const planned = planSteps(files.map(plainFile), change);
  if (planned.kind !== "steps") return planned;
  const old = files[planned.file];
  const file = old && planned.steps.reduce<SourceFile | undefined>(makeStep, old);
  if (file === undefined)
    return {
      kind: "refused",
      reason: `${old?.path ?? "the roster"} is written in a way that this cannot edit safely; change it by hand`,
    };
  const after = parseRoster(
    files.map((each, index) => (index === planned.file ? file : each)),
    now,
  );
  if (!after.ok) return { kind: "findings", when: "after", findings: after.findings };
  return { kind: "edited", file, before: before.value, after: after.value, findings: after.findings };
}

/** The file after the step; `undefined` when its text does not say exactly that, or a comment would be lost. */
function makeStep(file: SourceFile | undefined, step: Step): SourceFile | undefined {
  if (file === undefined) return undefined;
  const root = parseSource(file).file?.root;
  const text = decodeText(file.bytes);
  if (root === undefined || text === undefined) return undefined;
  const intended = stepPlain(plainOf(root), step);
  const splices = stepText(text, root, step);
  const mark = text.length < new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes).length ? "\ufeff" : "";
  const bytes = new TextEncoder().encode(mark + applySplices(text, splices));
  const edited = { path: file.path, bytes };
  const now = parseSource(edited).file?.root;
  const same = now !== undefined && meaning(plainOf(now)) === meaning(intended);
  return same && keepsComments(text, applySplices(text, splices), droppedLines(text, root, step)) ? edited : undefined;
}

/** Equal for equal meaning: the order of keys says nothing in a roster, that of lists is kept. */
function meaning(value: Plain): string {
  return stableJson(value);
}

/** Every text of the change, keys of its mappings too. */
function wordsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.entries(value).flat().flatMap(wordsOf) : [];
}

function plainFile(file: SourceFile): PlainFile {
  const root = parseSource(file).file?.root;
  return root === undefined ? {} : (plainOf(root) as PlainFile);
}
