import { type Checked, type Finding, someError, sortFindings } from "../finding";
import { buildRoster } from "./build";
import { checkShape, type Located } from "./check-shape";
import { mergeFiles } from "./merge";
import type { Roster } from "./roster";
import { RULES } from "./rules";
import { ROSTER_SCHEMA, type Schema } from "./schema";
import { parseSource, type SourceFile } from "./source";

/**
 * The roster in these files (merged), or everything that is wrong with it at once, sorted. Pure: `now` decides which ends are
 * past. Rules run only on a roster whose shape is right, so that no mistake is reported twice.
 */
export function parseRoster(files: readonly SourceFile[], now: Date): Checked<Roster> {
  const findings: Finding[] = [];
  const shapes: Located[] = [];
  const schema = files.length === 1 ? ROSTER_SCHEMA : partOf(ROSTER_SCHEMA);
  for (const source of files) {
    const parsed = parseSource(source);
    findings.push(...parsed.findings);
    if (!parsed.file) continue;
    const shape = checkShape(parsed.file, schema);
    findings.push(...shape.findings);
    shapes.push(shape.value);
  }
  const merged = mergeFiles(shapes);
  findings.push(...merged.findings);
  if (someError(findings)) return { ok: false, findings: sortFindings(findings) };
  findings.push(...missingSections(merged.value, files));
  if (someError(findings)) return { ok: false, findings: sortFindings(findings) };
  const value = buildRoster(merged.value);
  findings.push(...RULES.flatMap((rule) => rule(value, now)));
  return someError(findings)
    ? { ok: false, findings: sortFindings(findings) }
    : { ok: true, value, findings: sortFindings(findings) };
}

/** One file of several may leave any section to the others. */
function partOf(schema: Schema): Schema {
  return { ...schema, required: [] };
}

function missingSections({ map, place }: Located, files: readonly SourceFile[]): readonly Finding[] {
  return (ROSTER_SCHEMA.required ?? [])
    .filter((key) => !map?.has(key))
    .map((key) => ({
      code: "missing-key",
      severity: "error",
      place,
      message: `none of the ${files.length} files has ${key}; add it`,
    }));
}
