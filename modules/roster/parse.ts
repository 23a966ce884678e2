import { type Checked, type Finding, someError, sortFindings } from "../finding";
import { buildRoster } from "./build";
import { checkShape, type LocatedValue } from "./check-shape";
import { mergeFiles } from "./merge";
import type { Roster } from "./roster";
import { RULES, WORD_RULES } from "./rules";
import { ROSTER_SCHEMA, type Schema } from "./schema";
import { readWritten } from "./written";
import { MAX_ROSTER_BYTES, parseSource, type SourceFile, tooLarge } from "./source";

const MAX_FINDINGS = 1_000;

/**
 * The roster in these files (merged), or everything that is wrong with it at once, sorted. Pure: `now` decides which ends are
 * past. Rules run only on a roster whose shape is right, so that no mistake is reported twice.
 */
export function parseRoster(files: readonly SourceFile[], now: Date): Checked<Roster> {
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (files.length > 1 && bytes > MAX_ROSTER_BYTES) return refusal(files, tooLarge(bytes, files.length));
  let findings: readonly Finding[] = [];
  const shapes: LocatedValue[] = [];
  const schema = files.length === 1 ? ROSTER_SCHEMA : partOf(ROSTER_SCHEMA);
  for (const source of files) {
    const parsed = parseSource(source);
    findings = findings.concat(parsed.findings);
    if (!parsed.file) continue;
    const shape = checkShape(parsed.file, schema);
    findings = findings.concat(shape.findings);
    shapes.push(shape.value);
  }
  const merged = mergeFiles(shapes);
  findings = findings.concat(merged.findings);
  if (someError(findings)) {
    const readable = shapes.length === files.length && !findings.some(isMisspelledSection);
    return { ok: false, findings: shown([...findings, ...(readable ? wordFindings(merged.value, now) : [])]) };
  }
  findings = findings.concat(missingSections(merged.value, files));
  if (someError(findings)) return { ok: false, findings: shown(findings) };
  const value = buildRoster(merged.value);
  const written = readWritten(merged.value);
  findings = findings.concat(RULES.flatMap((rule) => rule(value, now, written)));
  return someError(findings)
    ? { ok: false, findings: shown(findings) }
    : { ok: true, value, findings: shown(findings) };
}

/** What can be said of single words although something else has the wrong shape. */
function wordFindings(value: LocatedValue, now: Date): readonly Finding[] {
  const { grants, memberships, ...rest } = readWritten(value);
  const whole = grants.filter(({ target, tier }) => target.text !== "" && tier.text !== "");
  const written = { ...rest, grants: whole, memberships: memberships.filter(({ team }) => team.text !== "") };
  const roster = buildRoster(value);
  return WORD_RULES.flatMap((rule) => rule(roster, now, written));
}

/** A whole section under a wrong name: every word that needs it would seem unknown. */
function isMisspelledSection({ code, place }: Finding): boolean {
  return code === "unknown-key" && place.column === 1;
}

function refusal(files: readonly SourceFile[], message: string): Checked<never> {
  const place = { file: files[0]?.path ?? "roster.yaml", line: 1, column: 1 };
  return { ok: false, findings: [{ code: "file-too-large", severity: "error", place, message }] };
}

/** Sorted, and no more than somebody can read: what is left out is counted. */
function shown(findings: readonly Finding[]): readonly Finding[] {
  const sorted = sortFindings(findings);
  const next = sorted[MAX_FINDINGS];
  if (!next) return sorted;
  const severity = someError(sorted.slice(MAX_FINDINGS)) ? "error" : "warning";
  const message = `${sorted.length - MAX_FINDINGS} more findings begin here; repair those above first`;
  return [...sorted.slice(0, MAX_FINDINGS), { code: "more-findings", severity, place: next.place, message }];
}

/** One file of several may leave any section to the others. */
function partOf(schema: Schema): Schema {
  return { ...schema, required: [] };
}

function missingSections({ map, place }: LocatedValue, files: readonly SourceFile[]): readonly Finding[] {
  return (ROSTER_SCHEMA.required ?? [])
    .filter((key) => !map?.has(key))
    .map((key) => ({
      code: "missing-key",
      severity: "error",
      place,
      message: `none of the ${files.length} files has ${key}; add it`,
    }));
}
