import type { Finding } from "../../finding";
import { decodeText, invisibleIn } from "../characters";
import { parseRoster } from "../parse";
import type { Roster } from "../roster";
import { parseSource, type SourceFile } from "../source";
import type { RosterEdit } from "./change";
import { keepsComments } from "./comments";
import { type Plain, plainOf } from "./plain";
import { planSteps } from "./plan-steps";
import type { PlainFile } from "./planned";
import { applySplices } from "./splice";
import { type CommentLine, commentsAbove, droppedLines, stepText } from "./step-text";
import { type EditStep, stepPlain } from "./steps";
import { quote, stableJson } from "../../text";

export type EditResult =
  /** `file` is the one that changed, with its new bytes. */
  | {
      readonly kind: "edited";
      readonly file: SourceFile;
      readonly before: Roster;
      readonly after: Roster;
      readonly findings: readonly Finding[];
      /** What stays although somebody may think that it does not. */
      readonly notes: readonly string[];
    }
  | { readonly kind: "nothing" | "refused"; readonly reason: string }
  /** The roster as it is does not hold, or would not hold afterwards. */
  | { readonly kind: "findings"; readonly when: "before" | "after"; readonly findings: readonly Finding[] };

/**
 * The roster's files with one change made, as a person would write it: comments and all other lines stay byte for byte.
 * Refuses when what the text would then say is anything but the old roster with exactly this change. Pure.
 */
export function editRoster(files: readonly SourceFile[], change: RosterEdit, now: Date): EditResult {
  const hidden = wordsOf(change).find((word) => invisibleIn(word) !== undefined);
  if (hidden !== undefined)
    return { kind: "refused", reason: `${quote(hidden)} has a line break or an invisible character; leave it out` };
  const before = parseRoster(files, now);
  if (!before.ok) return { kind: "findings", when: "before", findings: before.findings };
  const planned = planSteps(files.map(plainFile), change, now);
  if (planned.kind !== "steps") return planned;
  const old = files[planned.file];
  if (old === undefined) throw new Error("steps in a file that is none of the roster's");
  const made = makeSteps(old, planned.steps);
  if ("findings" in made) return { kind: "findings", when: "after", findings: made.findings };
  if (!("file" in made))
    return {
      kind: "refused",
      reason: `${old.path} is written in a way that this cannot edit safely; change it by hand`,
    };
  const { file, leftAbove } = made;
  const after = parseRoster(
    files.map((each, index) => (index === planned.file ? file : each)),
    now,
  );
  if (!after.ok) return { kind: "findings", when: "after", findings: after.findings };
  const notes = [...planned.notes, ...leftAbove.map((line) => leftNote(file.path, line))];
  return { kind: "edited", file, before: before.value, after: after.value, findings: after.findings, notes };
}

function leftNote(path: string, { line, text }: CommentLine): string {
  return `${path}:${line}: the comment ${quote(text)} stood above what is gone, and stays; see whether it is still true`;
}

/** The file with the steps made, or what a file may not say, or neither: the text would say something else. */
type Made = { readonly file: SourceFile; readonly leftAbove: readonly CommentLine[] } | Unmade;

type Unmade = { readonly findings: readonly Finding[] } | { readonly unsafe: true };

function makeSteps(old: SourceFile, steps: readonly EditStep[]): Made {
  return steps.reduce<Made>(
    (made, step) => {
      if (!("file" in made)) return made;
      const next = makeStep(made.file, step);
      return "file" in next ? { file: next.file, leftAbove: [...made.leftAbove, ...next.leftAbove] } : next;
    },
    { file: old, leftAbove: [] },
  );
}

/** The file after the step; unsafe when its text does not say exactly that, or a comment would be lost. */
function makeStep(file: SourceFile, step: EditStep): Made {
  const root = parseSource(file).file?.root;
  const text = decodeText(file.bytes);
  if (root === undefined || text === undefined) return { unsafe: true };
  const intended = stepPlain(plainOf(root), step);
  const edited = applySplices(text, stepText(text, root, step));
  const mark = text.length < new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes).length ? "\ufeff" : "";
  const next = { path: file.path, bytes: new TextEncoder().encode(mark + edited) };
  const parsed = parseSource(next);
  if (parsed.file === undefined) return refusedWords(parsed.findings);
  const same = meaning(plainOf(parsed.file.root)) === meaning(intended);
  const safe = same && keepsComments(text, edited, droppedLines(text, root, step));
  return safe ? { file: next, leftAbove: commentsAbove(text, root, step) } : { unsafe: true };
}

/** Words that no file may have are the caller's; broken YAML would be ours. */
function refusedWords(findings: readonly Finding[]): Unmade {
  const broken = ["yaml-syntax", "several-documents", "not-a-mapping"];
  return findings.some(({ code }) => broken.includes(code)) ? { unsafe: true } : { findings };
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
