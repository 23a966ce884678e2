import type { Finding, Place } from "../finding";
import type { Direction } from "./access-change";
import { groupAlike, type ReviewRow, rowText } from "./group";
import type { Review } from "./review";
import { sidesText } from "./sides";

/** GitHub shows ten of each kind for a step, and leaves out the rest without a word. */
const MAX_OF_A_KIND = 10;

type Kind = "error" | "warning" | "notice";
interface Annotation {
  readonly kind: Kind;
  readonly place?: Place | undefined;
  readonly message: string;
}

/**
 * GitHub workflow commands, a line each: what breaks a rule or cannot be judged is an error, more access a warning, less a
 * notice; what was compared is the first notice. The tenth of a kind counts those that follow. `prefix` leads from the repository's top to the project's folder.
 */
export function annotationLines(review: Review, prefix = ""): readonly string[] {
  const sides: readonly Annotation[] = review.sides ? [{ kind: "notice", message: sidesText(review.sides) }] : [];
  const all = [...sides, ...review.findings.map(ofFinding), ...groupAlike(review.changes).flatMap(ofRow)];
  return (["error", "warning", "notice"] as const)
    .flatMap((kind) => limited(all.filter((each) => each.kind === kind)))
    .map((each) => commandLine(each, prefix));
}

function ofFinding({ severity, place, message }: Finding): Annotation {
  return { kind: severity, place, message };
}

const KINDS: Record<Direction, Kind | undefined> = {
  unknown: "error",
  widening: "warning",
  narrowing: "notice",
  neutral: undefined,
};

function ofRow(row: ReviewRow): readonly Annotation[] {
  const kind = KINDS[row.direction];
  return kind === undefined ? [] : [{ kind, message: rowText(row), place: row.place }];
}

function limited(annotations: readonly Annotation[]): readonly Annotation[] {
  const last = annotations[MAX_OF_A_KIND - 1];
  if (last === undefined || annotations.length === MAX_OF_A_KIND) return annotations;
  const more = annotations.length - MAX_OF_A_KIND + 1;
  return [
    ...annotations.slice(0, MAX_OF_A_KIND - 1),
    { kind: last.kind, message: `${more} more; the full review lists them` },
  ];
}

/** Escapes as the runner reads them back: actions/toolkit, packages/core/src/command.ts. */
function commandLine({ kind, place, message }: Annotation, prefix: string): string {
  const data = (text: string) => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  const property = (text: string) => data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
  const where = place ? `file=${property(prefix + place.file)},line=${place.line},col=${place.column},` : "";
  return `::${kind} ${where}title=Access review::${data(message)}`;
}
